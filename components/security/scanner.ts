import * as pulumi from "@pulumi/pulumi";
import { type Alert, down } from "../../charts/alerts/index.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { resources } from "../pods.ts";

export interface ScannerArgs {
  readonly chart: ChartSource;
  readonly namespace: string;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** Trivy: finds known vulnerabilities in the images that run, and secrets that were built into them. */
export class VulnerabilityScanner extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = [] as const;

  constructor(name: string, { chart, namespace, values }: ScannerArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:security:VulnerabilityScanner", name, {}, options);
    helmRelease(name, { source: chart, namespace, values: trivyValues(name), overrides: values }, { parent: this });
    this.alerts = scannerAlerts(name, namespace);
    this.registerOutputs({});
  }
}

function trivyValues(name: string): HelmValues {
  return {
    fullnameOverride: name,
    operator: {
      // Ten scans at once, the chart's default, fill a small node.
      scanJobsConcurrentLimit: 3,
      // These look at nodes, and for that need what no pod of ours is allowed. Policies and the cloud's own checks cover them.
      infraAssessmentScannerEnabled: false,
      clusterComplianceEnabled: false,
      accessGlobalSecretsAndServiceAccount: false,
    },
    trivy: { severity: "HIGH,CRITICAL", ignoreUnfixed: true },
    resources: resources("50m", "256Mi", "512Mi"),
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    serviceMonitor: { enabled: true },
  };
}

function scannerAlerts(name: string, namespace: string): readonly Alert[] {
  const meaning = "New images are not looked at.";
  return [
    down({ name: "VulnerabilityScannerDown", severity: "ticket", namespace, deployment: name, meaning }),
    {
      name: "CriticalVulnerability",
      severity: "ticket",
      forMinutes: 60,
      expr: `sum by (namespace, image_repository, image_tag) (trivy_image_vulnerabilities{severity="Critical"}) > 0`,
      summary:
        "{{ $labels.image_repository }}:{{ $labels.image_tag }} in {{ $labels.namespace }} has {{ $value }} critical vulnerabilities with a fix",
      description: "Build the image anew on a base with the fix and bump its tag. Which ones: kubectl get vulnerabilityreports -A",
    },
    {
      name: "SecretInImage",
      severity: "page",
      forMinutes: 5,
      expr: "sum by (namespace, image_repository, image_tag) (trivy_image_exposedsecrets) > 0",
      summary: "{{ $labels.image_repository }}:{{ $labels.image_tag }} in {{ $labels.namespace }} has a secret built into it",
      description: "Whoever can pull the image has it. Replace the secret first, then the image.",
    },
  ];
}
