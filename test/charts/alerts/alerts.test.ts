import assert from "node:assert/strict";
import { test } from "node:test";
import { alertsManifest } from "../../../charts/alerts/index.ts";

test("an alert says its part, its severity and what it means", () => {
  const alert = {
    name: "IstiodDown",
    expr: "absent(up)",
    forMinutes: 5,
    severity: "page",
    summary: "There is no istiod",
    description: "Proxies keep what they know.",
  } as const;
  assert.deepEqual(alertsManifest("mesh", "observability", [alert]), {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "sluice-mesh", namespace: "observability" },
    spec: {
      groups: [
        {
          name: "sluice-mesh",
          rules: [
            {
              alert: "IstiodDown",
              expr: "absent(up)",
              for: "5m",
              labels: { severity: "page", part: "mesh" },
              annotations: { summary: "There is no istiod", description: "Proxies keep what they know." },
            },
          ],
        },
      ],
    },
  });
});
