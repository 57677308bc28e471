import * as pulumi from "@pulumi/pulumi";
import { type Alert, down } from "../../charts/alerts/index.ts";
import { type SecretStoreProps, secretStore } from "../../charts/security/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { resources } from "../pods.ts";

export interface ExternalSecretsArgs {
  readonly chart: ChartSource;
  readonly namespace: string;
  readonly replicas: number;
  /** Where secrets come from. Left out, teams bring stores of their own. The rights to read them belong to the service account `serviceAccount`. */
  readonly store?: SecretStoreProps | undefined;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** External Secrets: Kubernetes secrets made of what a store of secrets holds, and kept up to date. None is in Git, in a stack or in Pulumi's state. */
export class ExternalSecrets extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = [] as const;
  /** Name of the controller's service account, in its namespace, for whoever gives it rights in the cloud. */
  readonly serviceAccount: string;

  constructor(name: string, args: ExternalSecretsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:security:ExternalSecrets", name, {}, options);
    const { chart, namespace, replicas, store, values } = args;
    const parent = { parent: this };
    const release = helmRelease(name, { source: chart, namespace, values: controllerValues(name, replicas), overrides: values }, parent);
    if (store !== undefined) createObjects([secretStore(store)], { ...parent, held: new HeldOutputs(), dependsOn: [release] });

    this.serviceAccount = name;
    this.alerts = secretAlerts(name, namespace);
    this.registerOutputs({ serviceAccount: this.serviceAccount });
  }
}

function controllerValues(name: string, replicas: number): HelmValues {
  const pods = {
    replicaCount: replicas,
    podDisruptionBudget: { enabled: replicas > 1 },
    resources: resources("20m", "64Mi", "256Mi"),
  };
  return {
    ...pods,
    fullnameOverride: name,
    serviceAccount: { name },
    // More than one pod without it would each do all the work.
    leaderElect: replicas > 1,
    serviceMonitor: { enabled: true, honorLabels: true },
    webhook: pods,
    certController: { ...pods, replicaCount: 1, podDisruptionBudget: { enabled: false } },
  };
}

function secretAlerts(name: string, namespace: string): readonly Alert[] {
  const meaning = "Secrets that are there stay as they are; changed ones do not arrive.";
  return [
    down({ name: "ExternalSecretsDown", severity: "ticket", namespace, deployment: name, meaning }),
    {
      name: "ExternalSecretNotSynced",
      severity: "ticket",
      forMinutes: 15,
      expr: `max by (namespace, name) (externalsecret_status_condition{condition="Ready",status="False"}) == 1`,
      summary: "ExternalSecret {{ $labels.namespace }}/{{ $labels.name }} does not get its value",
      description: "The secret is missing in the store, or the store refuses. What uses it keeps the old value, or does not start.",
    },
  ];
}
