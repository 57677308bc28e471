import { labelValue } from "../../charts/service/index.ts";
import type { WrittenRollout } from "./rollout.ts";
import type { WrittenService } from "./service.ts";
import type { WrittenSlo } from "./slo.ts";

/** A stack as it is written, checked and without gaps. */
interface Written {
  readonly cluster: { readonly kind: "embedded"; readonly stateDir?: string | undefined; readonly metricsServer: boolean };
  readonly services: Readonly<Record<string, WrittenService>>;
}

/** Everything infra/ is told by a stack, in units and terms of the components. */
export type Stack = ReturnType<typeof assemble>;

export function assemble({ cluster, services }: Written) {
  return { cluster, services: Object.fromEntries(Object.entries(services).map(([name, service]) => [name, assembleService(service)])) };
}

function assembleService({ image, tag, digest, hpa, resources, rollout, slo, ...rest }: WrittenService) {
  const hash = digest?.slice("sha256:".length);
  return {
    ...rest,
    image: digest === undefined ? `${image}:${tag}` : `${image}@${digest}`,
    version: hash === undefined ? String(tag) : labelValue(hash.slice(0, 12)),
    resources: { cpuMillis: resources.cpu, memoryMebibytes: resources.memory },
    autoscaling: hpa && { minReplicas: hpa.min, maxReplicas: hpa.max, cpuPercent: hpa.cpu },
    judgement: rollout.strategy === "direct" ? undefined : { ...assembleRollout(rollout), slo: slo.map(assembleSlo) },
  };
}

function assembleRollout({ strategy: _, minStep, deadline, lookEvery, ...rest }: WrittenRollout) {
  return { ...rest, minStepSeconds: minStep, deadlineSeconds: deadline, lookSeconds: lookEvery };
}

function assembleSlo({ threshold, alerting: { runbook, ...alerting }, ...rest }: WrittenSlo) {
  const slo = { ...rest, alerting: { ...alerting, ...(runbook !== undefined && { runbook }) } };
  return threshold === undefined ? { ...slo, kind: "availability" as const } : { ...slo, kind: "latency" as const, thresholdMs: threshold };
}
