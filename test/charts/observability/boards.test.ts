import assert from "node:assert/strict";
import { test } from "node:test";
import { boardManifests } from "../../../charts/observability/index.ts";
import { boards } from "../../../dashboards/index.ts";

test("each board is an object that Grafana's sidecar looks for", () => {
  assert.deepEqual(boardManifests([{ name: "slo", json: "{}" }], "observability"), [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "sluice-board-slo", namespace: "observability", labels: { grafana_dashboard: "1" } },
      data: { "sluice-slo.json": "{}" },
    },
  ]);
});

test("every board fits into an object, which holds a mebibyte at most", () => {
  for (const manifest of boardManifests(boards(), "observability"))
    assert.ok(JSON.stringify(manifest).length < 1_048_576, manifest.metadata.name);
});
