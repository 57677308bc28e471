import * as pulumi from "@pulumi/pulumi";
import { type Alert, down } from "../../charts/alerts/index.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { resources } from "../pods.ts";

export interface SealedSecretsArgs {
  readonly chart: ChartSource;
  readonly namespace: string;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** Sealed Secrets: a secret that may lie in Git, because only this cluster can open it. For clusters without a store of secrets. */
export class SealedSecrets extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = [] as const;

  constructor(name: string, { chart, namespace, values }: SealedSecretsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:security:SealedSecrets", name, {}, options);
    helmRelease(name, { source: chart, namespace, values: sealedSecretsValues(name), overrides: values }, { parent: this });
    this.alerts = sealedSecretsAlerts(name, namespace);
    this.registerOutputs({});
  }
}

function sealedSecretsValues(name: string): HelmValues {
  return {
    fullnameOverride: name,
    resources: resources("20m", "64Mi", "128Mi"),
    metrics: { serviceMonitor: { enabled: true } },
    // Anybody may ask for the certificate to seal with, nobody for the rest of the controller.
    rbac: { serviceProxier: { create: false } },
  };
}

function sealedSecretsAlerts(name: string, namespace: string): readonly Alert[] {
  const meaning = "Secrets that are there stay; new and changed ones are not opened.";
  return [
    down({ name: "SealedSecretsDown", severity: "ticket", namespace, deployment: name, meaning }),
    {
      name: "SealedSecretsNotOpened",
      severity: "ticket",
      forMinutes: 5,
      expr: `sum by (namespace, name) (sealed_secrets_controller_condition_info{condition="Synced"} == -1)`,
      summary: "SealedSecret {{ $labels.namespace }}/{{ $labels.name }} cannot be opened",
      description:
        "It was sealed for another cluster, another namespace or with a key that is gone. Seal it anew with this cluster's certificate.",
    },
  ];
}
