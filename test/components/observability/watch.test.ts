import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alert } from "../../../charts/alerts/index.ts";
import { Watch } from "../../../components/observability/index.ts";
import { recordResources } from "../../support/mocks.ts";

const namespace = "observability";
const alert = (name: string): Alert => ({
  name,
  expr: "up == 0",
  forMinutes: 5,
  severity: "ticket",
  summary: "It is down",
  description: "Look at it.",
});

test("each part's alerts are rules of their own, each board is a ConfigMap, and a part without alerts has none", async () => {
  const alerts = { mesh: [alert("IstiodDown")], delivery: [alert("RolloutsDown")], cost: [] };
  const { all } = await recordResources(() => new Watch("watch", { alerts, boards: [{ name: "slo", json: "{}" }], namespace }));
  assert.deepEqual(
    all
      .filter(({ custom }) => custom)
      .map(({ type, name }) => `${type} ${name}`)
      .sort(),
    [
      "kubernetes:core/v1:ConfigMap observability/sluice-board-slo",
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule observability/sluice-delivery",
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule observability/sluice-mesh",
    ],
  );
});

test("two alerts of one name are refused, with both parts", async () => {
  const alerts = { mesh: [alert("Down")], delivery: [alert("RolloutsDown"), alert("Down")] };
  await recordResources(() => {
    assert.throws(
      () => new Watch("watch", { alerts, boards: [], namespace }),
      ({ errors }: { errors: unknown }) => {
        assert.deepEqual(errors, [{ propertyPath: "alerts.delivery[1]", reason: '"Down" is an alert of mesh already; name it otherwise' }]);
        return true;
      },
    );
  });
});
