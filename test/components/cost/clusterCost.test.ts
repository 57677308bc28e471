import assert from "node:assert/strict";
import { test } from "node:test";
import { ClusterCost, type ClusterCostArgs } from "../../../components/cost/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };
import { valueProblems } from "../../infra/helm/problems.ts";
import { recordResources } from "../../support/mocks.ts";

const args: ClusterCostArgs = {
  chart: versions.charts.opencost,
  namespace: "observability",
  clusterName: "staging",
  prometheus: { service: "prometheus", namespace: "observability", port: 9090 },
};

async function released(changed: Partial<ClusterCostArgs> = {}) {
  const { one } = await recordResources(() => new ClusterCost("opencost", { ...args, ...changed }));
  return one("kubernetes:helm.sh/v3:Release", "opencost");
}

const { values, chart, version } = await released();

test("every value is one of the chart's", () => assert.deepEqual(valueProblems({ chart, version, values }), []));

test("OpenCost asks our Prometheus, and not the one its chart expects", () => {
  const { serviceName, namespaceName, port } = values.opencost.prometheus.internal;
  assert.deepEqual([serviceName, namespaceName, port], ["prometheus", "observability", 9090]);
});

test("nothing of it answers to people, who have the board", () => {
  assert.deepEqual([values.opencost.ui.enabled, values.opencost.mcp.enabled], [false, false]);
});

test("a user's values are laid over ours", async () => {
  const changed = await released({ values: { opencost: { ui: { enabled: true } } } });
  assert.equal(changed.values.opencost.ui.enabled, true);
  assert.equal(changed.values.opencost.exporter.defaultClusterId, "staging");
});

test("what the nodes may cost is alerted on only where it is said, and the board is the one of costs", async () => {
  const names = async (monthlyUsd?: number) => {
    let part: ClusterCost | undefined;
    await recordResources(() => {
      part = new ClusterCost("opencost", { ...args, monthlyUsd });
    });
    assert.deepEqual(part?.boards, ["cost"]);
    return part?.alerts.map(({ name }) => name);
  };
  assert.deepEqual(await names(), ["OpenCostDown", "NodeWithoutPrice"]);
  assert.deepEqual(await names(300), ["OpenCostDown", "NodeWithoutPrice", "ClusterExpensive"]);
});
