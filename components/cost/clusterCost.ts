import * as pulumi from "@pulumi/pulumi";
import { type Alert, down } from "../../charts/alerts/index.ts";
import { HOURS_A_MONTH, NODES_HOURLY } from "../../dashboards/queries/cost.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { resources } from "../pods.ts";

/** A Service of the cluster that answers PromQL over HTTP. */
export interface PrometheusService {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
}

export interface ClusterCostArgs {
  readonly chart: ChartSource;
  readonly namespace: string;
  /** The cluster as bills and boards name it. */
  readonly clusterName: string;
  /** Where OpenCost reads what containers use. It must scrape OpenCost, too. */
  readonly prometheus: PrometheusService;
  /** Dollars that the nodes may cost in a month of 730 hours. Left out, nobody is told when they cost more. */
  readonly monthlyUsd?: number | undefined;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** OpenCost: what each namespace and each service costs, by the prices of the nodes they are on. It is seen on the board `cost`. */
export class ClusterCost extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = ["cost"] as const;

  constructor(name: string, args: ClusterCostArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:cost:ClusterCost", name, {}, options);
    const { chart, namespace, monthlyUsd, values } = args;
    helmRelease(name, { source: chart, namespace, values: openCostValues(name, args), overrides: values }, { parent: this });
    this.alerts = costAlerts(name, namespace, monthlyUsd);
    this.registerOutputs({});
  }
}

function openCostValues(name: string, { clusterName, prometheus: { service, namespace, port } }: ClusterCostArgs): HelmValues {
  return {
    fullnameOverride: name,
    podSecurityContext: { runAsNonRoot: true, runAsUser: 1001, fsGroup: 1001, seccompProfile: { type: "RuntimeDefault" } },
    opencost: {
      exporter: {
        defaultClusterId: clusterName,
        resources: resources("20m", "128Mi", "1Gi"),
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
      },
      prometheus: { internal: { enabled: true, serviceName: service, namespaceName: namespace, port } },
      metrics: { serviceMonitor: { enabled: true } },
      // Both let anybody in who can reach them. Our board shows the same.
      ui: { enabled: false },
      mcp: { enabled: false },
    },
  };
}

function costAlerts(name: string, namespace: string, monthlyUsd: number | undefined): readonly Alert[] {
  const meaning = "Costs are not counted; nothing else depends on it.";
  const always: readonly Alert[] = [
    down({ name: "OpenCostDown", severity: "ticket", namespace, deployment: name, meaning }),
    {
      name: "NodeWithoutPrice",
      severity: "ticket",
      forMinutes: 60,
      expr: "max by (node) (node_total_hourly_cost) == 0",
      summary: "OpenCost knows no price of node {{ $labels.node }}",
      description:
        "What runs there seems to cost nothing. OpenCost's log says which price it did not find; prices of one's own are its customPricing.",
    },
  ];
  if (monthlyUsd === undefined) return always;
  const expensive: Alert = {
    name: "ClusterExpensive",
    severity: "ticket",
    // An hour, so that the nodes which one rollout adds and gives back are not told.
    forMinutes: 60,
    expr: `${HOURS_A_MONTH} * ${NODES_HOURLY} > ${monthlyUsd}`,
    summary: `The nodes would cost {{ $value | humanize }} dollars a month, more than ${monthlyUsd}`,
    description: "Begin with the board Cost: which namespace has grown, and what is bought and not used.",
  };
  return [...always, expensive];
}
