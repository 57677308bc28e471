// Faults that services must stand, as objects of LitmusChaos. None runs by itself.
import type { Manifest } from "../manifest.ts";
import { accessManifests } from "./access.ts";
import { type ChaosTarget, engine } from "./engine.ts";
import { experiment } from "./experiment.ts";
import type { FaultName } from "./faults.ts";
import { exporterMonitor } from "./monitoring.ts";

export type { ChaosTarget } from "./engine.ts";
export { FAULT_NAMES, type FaultName, needsNode } from "./faults.ts";
export type { SteadyObjective } from "./steadyState.ts";

export interface ChaosProps {
  /** Where experiments run, apart from what they are done to. */
  readonly namespace: string;
  /** Release of Litmus' chart, whose exporter is scraped. */
  readonly release: string;
  /** Image of Litmus' experiments, by tag or digest. */
  readonly image: string;
  /** As a pod reaches it: "http://prometheus.observability:9090". */
  readonly prometheusUrl: string;
  readonly faults: readonly FaultName[];
  readonly targets: readonly ChaosTarget[];
}

/** For each fault how it is done, and for each service and fault who may do it and what must hold meanwhile. */
export function chaosManifests(props: ChaosProps): readonly Manifest[] {
  const { namespace, release, image, prometheusUrl, faults, targets } = props;
  const experiments = faults.map((fault) => experiment(fault, namespace, image));
  const engines = targets.flatMap((target) =>
    faults.flatMap((fault) => [...accessManifests(fault, target, namespace), engine(fault, target, namespace, prometheusUrl)]),
  );
  return [exporterMonitor(namespace, release), ...experiments, ...engines];
}
