import { CHAOS_ENGINE, type ChaosEngineSpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import { objectLabels } from "../service/names.ts";
import type { FaultName } from "./faults.ts";
import { type SteadyObjective, steadyState } from "./steadyState.ts";

/** A service that faults are done to. */
export interface ChaosTarget {
  readonly service: string;
  readonly namespace: string;
  /** What it must keep meanwhile. At least one: without it every run would be passed. */
  readonly objectives: readonly SteadyObjective[];
}

/** Of the runner and of the experiment each, which wait most of the time. */
const RESOURCES = { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } };

/** Name of all that is about one fault in one service. */
export function runName(fault: FaultName, { service }: ChaosTarget): string {
  return `${service}-${fault}`;
}

/** One fault in one service, stopped. Whoever sets `engineState: active` runs it. */
export function engine(fault: FaultName, target: ChaosTarget, namespace: string, prometheusUrl: string): Manifest {
  const { service, namespace: appns, objectives } = target;
  const name = runName(fault, target);
  const spec: ChaosEngineSpec = {
    engineState: "stop",
    appinfo: { appns, applabel: `app.kubernetes.io/name=${service}`, appkind: "rollout" },
    chaosServiceAccount: name,
    jobCleanUpPolicy: "delete",
    // The steady state says whether the service is well. A pod that is not ready is what some faults are about.
    defaultHealthCheck: false,
    components: { runner: { resources: RESOURCES } },
    experiments: [
      {
        name: fault,
        spec: {
          // Not the proxy beside it.
          components: { env: [{ name: "TARGET_CONTAINER", value: service }], resources: RESOURCES },
          probe: objectives.flatMap((objective) => steadyState(service, appns, objective, prometheusUrl)),
        },
      },
    ],
  };
  return { ...CHAOS_ENGINE, metadata: { name, namespace, labels: objectLabels({ name: service }) }, spec };
}
