import { labelValue } from "../../charts/service/index.ts";
import type { Environment } from "../presets.ts";
import type { WrittenCluster } from "./cluster.ts";
import { assembleAws, type WrittenAws } from "./parts/aws.ts";
import { assembleEks } from "./parts/eks.ts";
import { assembleKind } from "./parts/kind.ts";
import type { WrittenPlatform } from "./platform.ts";
import type { WrittenRollout } from "./rollout.ts";
import type { WrittenService } from "./service.ts";
import type { WrittenSlo } from "./slo.ts";

/** A stack as it is written, checked and without gaps. */
interface Written {
  readonly environment: Environment;
  readonly aws?: WrittenAws | undefined;
  readonly cluster: WrittenCluster;
  readonly platform: WrittenPlatform;
  readonly services: Readonly<Record<string, WrittenService>>;
}

/** A canary's, in percent, where a stack gives none. */
const WEIGHTS = [10, 25, 50];

/** What is copied of the reads where a stack does not say, in percent: a revision is proven sooner by more requests. */
const ALL = 100;

/** Everything infra/ is told by a stack, in units and terms of the components. */
export type Stack = ReturnType<typeof assemble>;

export function assemble({ environment, aws, cluster, platform, services }: Written) {
  return {
    environment,
    aws: aws && assembleAws(aws),
    cluster: assembleCluster(cluster),
    platform,
    services: Object.fromEntries(Object.entries(services).map(([name, service]) => [name, assembleService(service)])),
  };
}

function assembleCluster(cluster: WrittenCluster) {
  if (cluster.kind === "eks") return assembleEks(cluster);
  return cluster.kind === "kind" ? assembleKind(cluster) : cluster;
}

function assembleService({ image, tag, digest, hpa, resources, rollout, slo, ...rest }: WrittenService) {
  const hash = digest?.slice("sha256:".length);
  return {
    ...rest,
    image: digest === undefined ? `${image}:${tag}` : `${image}@${digest}`,
    version: hash === undefined ? String(tag) : labelValue(hash.slice(0, 12)),
    resources: { cpuMillis: resources.cpu, memoryMebibytes: resources.memory },
    autoscaling: hpa && { minReplicas: hpa.min, maxReplicas: hpa.max, cpuPercent: hpa.cpu },
    judgement: assembleRollout(rollout, slo),
  };
}

function assembleRollout({ strategy, steps, mirror, minStep, deadline, lookEvery, ...rest }: WrittenRollout, slo: readonly WrittenSlo[]) {
  if (strategy === "direct") return undefined;
  const shares = strategy === "blueGreen" ? [mirror ?? ALL] : (steps ?? WEIGHTS);
  const times = { minStepSeconds: minStep, deadlineSeconds: deadline, lookSeconds: lookEvery };
  return { strategy, steps: shares, ...rest, ...times, slo: slo.map(assembleSlo) };
}

function assembleSlo({ threshold, alerting: { runbook, ...alerting }, ...rest }: WrittenSlo) {
  const slo = { ...rest, alerting: { ...alerting, ...(runbook !== undefined && { runbook }) } };
  return threshold === undefined ? { ...slo, kind: "availability" as const } : { ...slo, kind: "latency" as const, thresholdMs: threshold };
}
