import * as pulumi from "@pulumi/pulumi";
import { type Alert, down } from "../../charts/alerts/index.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { budget, resources, SPREAD } from "../pods.ts";

export interface RolloutsArgs {
  readonly chart: ChartSource;
  /** Of the controller: the one that gates and boards are tested with, whatever the chart comes with. "1.9.1" */
  readonly version: string;
  readonly namespace: string;
  /** One works, the others wait to take over. */
  readonly replicas: number;
  /** Where analyses ask Prometheus, as pods reach it: "http://prometheus.observability:9090". */
  readonly prometheusUrl: string;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** Argo Rollouts: lets a new revision in weight by weight, as gates and analyses decide. The kinds Rollout and AnalysisTemplate come with it. */
export class Rollouts extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = ["release", "deploys"] as const;

  constructor(name: string, args: RolloutsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:delivery:Rollouts", name, {}, options);
    const { chart, namespace, values } = args;
    helmRelease(name, { source: chart, namespace, values: rolloutsValues(name, args), overrides: values }, { parent: this });
    this.alerts = rolloutAlerts(name, namespace);
    this.registerOutputs({});
  }
}

function rolloutsValues(name: string, { version, replicas, prometheusUrl }: RolloutsArgs): HelmValues {
  return {
    fullnameOverride: name,
    controller: {
      replicas,
      image: { tag: `v${version}` },
      logging: { format: "json" },
      resources: resources("50m", "128Mi", "512Mi"),
      topologySpreadConstraints: SPREAD,
      pdb: budget(replicas),
      extraEnv: [{ name: "ARGO_ROLLOUTS_PROMETHEUS_ADDRESS", value: prometheusUrl }],
      // The chart's monitor does not honour labels: without this, a Rollout's namespace would be the controller's.
      metrics: { enabled: true, serviceMonitor: { enabled: true, relabelings: [{ action: "labeldrop", regex: "namespace" }] } },
    },
    podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    providerRBAC: { providers: onlyIstio() },
  };
}

/** Rights on the objects of every other mesh and ingress come with the chart. */
function onlyIstio(): Readonly<Record<string, boolean>> {
  const others = [
    "smi",
    "ambassador",
    "awsLoadBalancerController",
    "awsAppMesh",
    "traefik",
    "apisix",
    "contour",
    "glooPlatform",
    "gatewayAPI",
  ];
  return { istio: true, ...Object.fromEntries(others.map((provider) => [provider, false])) };
}

function rolloutAlerts(name: string, namespace: string): readonly Alert[] {
  const meaning = "No weight moves: a bad canary keeps the requests it has, and a gate can take it back only once a controller is there.";
  return [
    down({ name: "RolloutsDown", severity: "page", namespace, deployment: name, meaning }),
    {
      name: "RolloutReconcileErrors",
      severity: "ticket",
      forMinutes: 15,
      expr: "sum by (namespace, name) (rate(rollout_reconcile_error[5m])) > 0",
      summary: "The controller fails again and again on Rollout {{ $labels.namespace }}/{{ $labels.name }}",
      description: "Its weights stay where they are. The controller's log says why: a missing right, a route that is gone, a quota.",
    },
    {
      name: "RolloutStuck",
      severity: "ticket",
      forMinutes: 60,
      expr: `max by (namespace, name) (rollout_info{phase=~"Paused|Progressing"}) == 1`,
      summary: "Rollout {{ $labels.namespace }}/{{ $labels.name }} has been under way for an hour",
      description:
        "Nobody judges it any more, or it never gets enough requests. Another `pulumi up` goes on with it; its board is Release.",
    },
    {
      name: "RolloutDegraded",
      severity: "ticket",
      forMinutes: 30,
      expr: `max by (namespace, name, phase) (rollout_info{phase=~"Abort|Timeout|Error|InvalidSpec"}) == 1`,
      summary: "Rollout {{ $labels.namespace }}/{{ $labels.name }} ended badly: {{ $labels.phase }}",
      description:
        "Users are served by the revision before. What is wanted and what runs differ until another version, or the old one, is asked for.",
    },
  ];
}
