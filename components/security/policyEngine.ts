import * as pulumi from "@pulumi/pulumi";
import { type Alert, down } from "../../charts/alerts/index.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";

export interface PolicyEngineArgs {
  readonly chart: ChartSource;
  readonly namespace: string;
  /** Copies of what answers the API server. While none is there, what a policy covers is refused: two are the least for a cluster that matters. */
  readonly replicas: number;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** Kyverno: decides what may be put on the cluster. It brings no policy along; those are the project's own. */
export class PolicyEngine extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = [] as const;

  constructor(name: string, { chart, namespace, replicas, values }: PolicyEngineArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:security:PolicyEngine", name, {}, options);
    helmRelease(name, { source: chart, namespace, values: kyvernoValues(name, replicas), overrides: values }, { parent: this });
    this.alerts = policyAlerts(name, namespace);
    this.registerOutputs({});
  }
}

function kyvernoValues(name: string, replicas: number): HelmValues {
  const monitored = { serviceMonitor: { enabled: true } };
  // One pod of a controller works and the others wait, so only the admission controller gains by more than two.
  const controller = { ...monitored, replicas: Math.min(replicas, 2), podDisruptionBudget: { enabled: replicas > 1 } };
  return {
    fullnameOverride: name,
    admissionController: { ...monitored, replicas, podDisruptionBudget: { enabled: replicas > 1 } },
    backgroundController: controller,
    cleanupController: controller,
    reportsController: controller,
    features: { logging: { format: "json" } },
  };
}

function policyAlerts(name: string, namespace: string): readonly Alert[] {
  const meaning = "Whatever a policy covers is refused by the API server, also pods that are to replace others.";
  return [
    down({ name: "PolicyEngineDown", severity: "page", namespace, deployment: `${name}-admission-controller`, meaning }),
    {
      name: "PolicyEngineErrors",
      severity: "ticket",
      forMinutes: 10,
      expr: `sum by (policy_name) (rate(kyverno_validating_policy_results_total{result="error"}[5m])) > 0`,
      summary: "Policy {{ $labels.policy_name }} cannot be evaluated",
      description:
        "A policy that ends in an error decides nothing: what it guards against is refused or let in as its failure policy says.",
    },
  ];
}
