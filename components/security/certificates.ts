import * as pulumi from "@pulumi/pulumi";
import { type Alert, down } from "../../charts/alerts/index.ts";
import { type IssuerProps, issuerManifests } from "../../charts/security/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { resources } from "../pods.ts";

export interface CertificatesArgs {
  readonly chart: ChartSource;
  readonly namespace: string;
  readonly replicas: number;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** cert-manager: certificates that renew themselves. */
export class Certificates extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = [] as const;

  constructor(name: string, { chart, namespace, replicas, values }: CertificatesArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:security:Certificates", name, {}, options);
    helmRelease(name, { source: chart, namespace, values: certManagerValues(name, replicas), overrides: values }, { parent: this });
    this.alerts = certificateAlerts(name, namespace);
    this.registerOutputs({});
  }
}

/** Who signs. Apart from `Certificates`, because a public authority asks through the Gateway, which comes after it. */
export class CertificateIssuer extends pulumi.ComponentResource {
  constructor(name: string, props: Omit<IssuerProps, "name">, options?: pulumi.ComponentResourceOptions) {
    super("sluice:security:CertificateIssuer", name, {}, options);
    createObjects(issuerManifests({ ...props, name }), { parent: this, held: new HeldOutputs() });
    this.registerOutputs({});
  }
}

function certManagerValues(name: string, replicas: number): HelmValues {
  const pods = {
    replicaCount: replicas,
    podDisruptionBudget: { enabled: replicas > 1 },
    resources: resources("20m", "64Mi", "256Mi"),
  };
  return {
    ...pods,
    fullnameOverride: name,
    crds: { enabled: true, keep: true },
    webhook: pods,
    cainjector: pods,
    prometheus: { servicemonitor: { enabled: true, honorLabels: true } },
    config: { apiVersion: "controller.config.cert-manager.io/v1alpha1", kind: "ControllerConfiguration", enableGatewayAPI: true },
  };
}

function certificateAlerts(name: string, namespace: string): readonly Alert[] {
  const meaning = "Certificates that are there stay valid until they end; none is renewed.";
  return [
    down({ name: "CertManagerDown", severity: "ticket", namespace, deployment: name, meaning }),
    {
      name: "CertificateNotReady",
      severity: "ticket",
      forMinutes: 15,
      expr: `max by (namespace, name) (certmanager_certificate_ready_status{condition!="True"}) == 1`,
      summary: "Certificate {{ $labels.namespace }}/{{ $labels.name }} is not ready",
      description: "It was not issued or not renewed. Why: kubectl describe certificate, and the CertificateRequest and Order below it.",
    },
    {
      name: "CertificateEndsSoon",
      severity: "page",
      forMinutes: 60,
      // A renewal begins when a third of the time is left, 30 days of Let's Encrypt's 90: a week before the end it has failed for three.
      expr: "min by (namespace, name) (certmanager_certificate_expiration_timestamp_seconds) - time() < 7 * 24 * 3600",
      summary: "Certificate {{ $labels.namespace }}/{{ $labels.name }} ends in {{ $value | humanizeDuration }}",
      description: "From then on every client refuses to connect. Its renewal has been failing for some time.",
    },
  ];
}
