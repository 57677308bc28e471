import type { ObservabilityArgs } from "../../../components/observability/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };

/** As on a cluster that matters. */
export const args: ObservabilityArgs = {
  charts: versions.charts,
  namespace: "observability",
  cluster: "prod",
  replicas: 3,
  retention: { metricsDays: 30, logsDays: 14, tracesDays: 7 },
  storageGibibytes: 100,
  notifications: {
    page: [{ kind: "pagerDuty", secret: { name: "pagerduty", key: "integration-key" } }],
    ticket: [{ kind: "slack", channel: "#platform", secret: { name: "slack", key: "url" } }],
  },
};
