import { extension, type JsonObject } from "./json.ts";
import { DESTINATION_HEADER, POD_METADATA } from "./names.ts";

/** Who counts a request: Istio's gateway, once for each request, or its destination, once for each try that reaches a pod. */
export type Reporter = "source" | "destination";

/**
 * Istio's histogram buckets in milliseconds, and 200 and 300, which are common thresholds of latency objectives: a threshold
 * that is no bucket cannot be judged.
 */
export const DURATION_BUCKETS: readonly number[] = [
  0.5, 1, 5, 10, 25, 50, 100, 200, 250, 300, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000,
];

/** Prefix of the statistics that become Istio's series; Prometheus sees them as envoy_istio_*. */
export const STAT_PREFIX = "istio";

/** How often Envoy merges its threads' histograms. Short, so that what the gate looks at is hardly older than the scrape. */
export const FLUSH_SECONDS = 0.25;

/**
 * What tells two series of one counter apart: the label, and where Envoy takes its value from. All are of Istio's own set but the
 * template's hash, which a PodMonitor would add, and the method, which Istio's Telemetry would (tagOverrides: request_method).
 */
const LABELS: Readonly<Record<string, string>> = {
  destination_service: `%REQ(${DESTINATION_HEADER})%`,
  destination_workload: pod("workload"),
  destination_workload_namespace: pod("namespace"),
  destination_canonical_service: pod("canonical_service"),
  destination_canonical_revision: pod("canonical_revision"),
  destination_app: pod("app"),
  destination_version: pod("version"),
  rollouts_pod_template_hash: pod("pod_template_hash"),
  request_method: "%REQ(:METHOD)%",
  response_code: "%RESPONSE_CODE%",
  response_flags: "%RESPONSE_FLAGS%",
  grpc_response_status: "%GRPC_STATUS_NUMBER%",
};

/**
 * An access logger that counts instead of writing: each request adds to a counter and a histogram whose labels say where it went
 * and how it ended. So the counters belong to what they describe, not to a cluster of Envoy's, and live as long as Envoy
 * does, whatever is reconfigured. The duration is that of the whole request as the reporter saw it, in milliseconds.
 *
 * Within one scrape the counter is current, while `_bucket`, `_sum` and `_count` are all of one moment, the last flush (at most
 * FLUSH_SECONDS before): compare a histogram with itself, not with istio_requests_total.
 */
export function countRequests(reporter: Reporter): JsonObject {
  const tags = Object.entries({ reporter, ...LABELS }).map(([name, format]) => ({ name, value_format: format }));
  return {
    name: "envoy.access_loggers.stats",
    typed_config: extension("access_loggers.stats.v3.Config", {
      stats_scope: { prefix: STAT_PREFIX },
      counters: [{ stat: { name: "requests_total", tags }, value_fixed: 1 }],
      histograms: [{ stat: { name: "request_duration_milliseconds", tags }, unit: "Milliseconds", value_format: "%DURATION%" }],
    }),
  };
}

function pod(key: string): string {
  return `%UPSTREAM_METADATA(${POD_METADATA}:${key})%`;
}
