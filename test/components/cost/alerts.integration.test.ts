import type { Alert } from "../../../charts/alerts/index.ts";
import { ClusterCost } from "../../../components/cost/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };
import { recordResources } from "../../support/mocks.ts";
import { testAlerts } from "../../support/promtoolRules.ts";

const alerts: Alert[] = [];
await recordResources(() => {
  const prometheus = { service: "prometheus", namespace: "observability", port: 9090 };
  const args = { chart: versions.charts.opencost, namespace: "observability", clusterName: "staging", prometheus, monthlyUsd: 300 };
  alerts.push(...new ClusterCost("opencost", args).alerts);
});

const deployment = { namespace: "observability", deployment: "opencost" };
const available = `kube_deployment_status_replicas_available{namespace="observability",deployment="opencost"}`;
const price = (node: string) => `node_total_hourly_cost{node="${node}",instance="${node}"}`;

testAlerts("cost", alerts, [
  { alert: "OpenCostDown", when: "when no pod is available", series: { [available]: "0x20" }, atMinutes: 10, firing: [deployment] },
  { alert: "OpenCostDown", when: "while its pod is there", series: { [available]: "1x20" }, atMinutes: 10, firing: [] },
  {
    alert: "NodeWithoutPrice",
    when: "when one of two nodes seems to cost nothing",
    series: { [price("a")]: "0x90", [price("b")]: "0.1x90" },
    atMinutes: 80,
    firing: [{ node: "a" }],
  },
  { alert: "NodeWithoutPrice", when: "while prices are read", series: { [price("a")]: "0x20 0.1x70" }, atMinutes: 80, firing: [] },
  {
    alert: "ClusterExpensive",
    when: "when three nodes of 0.2 dollars stay",
    series: { [price("a")]: "0.2x90", [price("b")]: "0.2x90", [price("c")]: "0.2x90" },
    atMinutes: 80,
    firing: [{}],
  },
  {
    alert: "ClusterExpensive",
    when: "when a third node comes for half an hour",
    series: { [price("a")]: "0.2x90", [price("b")]: "0.2x90", [price("c")]: "_x30 0.2x30 _x30" },
    atMinutes: 80,
    firing: [],
  },
]);
