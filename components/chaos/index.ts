import * as pulumi from "@pulumi/pulumi";
import type { Alert } from "../../charts/alerts/index.ts";
import { type ChaosTarget, chaosManifests, type FaultName } from "../../charts/chaos/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { resources } from "../pods.ts";
import { type ArgProblem, refuse } from "../refuse.ts";
import { chaosAlerts } from "./alerts.ts";

export type { ChaosTarget, FaultName, SteadyObjective } from "../../charts/chaos/index.ts";

export interface ChaosArgs {
  readonly chart: ChartSource;
  /**
   * Where the experiments run: a namespace of its own, apart from the services'. For all faults but `pod-delete` it must let in privileged pods, which
   * get into a service's container from its node.
   */
  readonly namespace: string;
  /** Image of Litmus' experiments, by tag or digest. */
  readonly image: string;
  /** As a pod reaches it: "http://prometheus.observability:9090". */
  readonly prometheusUrl: string;
  /** What can be done to each service. */
  readonly faults: readonly FaultName[];
  /** Services that it can be done to, each with what it must keep meanwhile. */
  readonly targets: readonly ChaosTarget[];
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** Once it has run Litmus writes `stop` there, and whoever runs it writes `active`: neither is a change of the stack. */
const WRITTEN_BY_RUNS = { ChaosEngine: ["spec.engineState"] };

/** LitmusChaos: faults that services must stand, ready to be run. Nothing happens to a service before somebody asks for it: docs/parts/chaos.md. */
export class Chaos extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = [] as const;
  /** Experiments, and for each service and fault its engine with those who may run it. */
  readonly objects: readonly pulumi.CustomResource[];

  constructor(name: string, args: ChaosArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:chaos:Chaos", name, {}, options);
    refuse(`chaos "${name}"`, problemsOf(args));
    const { chart: source, values: overrides, ...props } = args;

    const release = helmRelease(name, { source, namespace: args.namespace, values: litmusValues(name), overrides }, { parent: this });
    const manifests = chaosManifests({ ...props, release: name });
    this.objects = createObjects(manifests, {
      parent: this,
      held: new HeldOutputs(),
      dependsOn: [release],
      ignoreChanges: WRITTEN_BY_RUNS,
    });

    this.alerts = chaosAlerts(name, args.namespace);
    this.registerOutputs({});
  }
}

function litmusValues(name: string): HelmValues {
  const small = { resources: resources("20m", "64Mi", "256Mi") };
  const pulled = { image: { pullPolicy: "IfNotPresent" } };
  return {
    fullnameOverride: name,
    operator: pulled,
    ...small,
    // Its own monitor has a target that is always down: charts/chaos/monitoring.ts.
    exporter: { ...pulled, enabled: true, ...small, serviceMonitor: { enabled: false } },
    // Nobody outside is told that it runs here.
    policies: { monitoring: { disabled: true } },
  };
}

function problemsOf({ faults, targets, namespace }: ChaosArgs): readonly (ArgProblem | false)[] {
  return [
    faults.length === 0 && { propertyPath: "faults", reason: "none: give at least one, for example pod-delete" },
    ...targets.flatMap(({ objectives, ...target }, index) => [
      objectives.length === 0 && {
        propertyPath: `targets[${index}].objectives`,
        reason: `${target.service} has none: without one nothing could be seen to break; give it an SLO`,
      },
      target.namespace === namespace && {
        propertyPath: `targets[${index}].namespace`,
        reason: `${namespace} is where experiments run, with rights that no service's namespace should give`,
      },
    ]),
  ];
}
