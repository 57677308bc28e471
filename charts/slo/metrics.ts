import { allEqual, equals, type Matcher, matches, oneOf } from "./selectors.ts";
import type { MetricSource } from "./slo.ts";

/** The series of one source: what it calls its counters, and how a service's are picked. */
export interface Metrics {
  /** Counter of requests. */
  readonly requests: string;
  /** Picks the requests answered with 5xx. */
  readonly failed: Matcher;
  /** Histogram of durations, without _count and _bucket. */
  readonly durations: string;
  /** How many of the histogram's units a millisecond is. */
  readonly perMillisecond: number;
  /** Pick the service's series. */
  readonly matchers: readonly Matcher[];
}

const SERVER_ERROR = "5..";

/** Names by source. Istio: "Istio Standard Metrics"; OpenTelemetry: "Semantic conventions for HTTP metrics", attributes as Prometheus names them. */
const NAMES = {
  istio: { requests: "istio_requests_total", code: "response_code", durations: "istio_request_duration_milliseconds", perMillisecond: 1 },
  app: { requests: "http_requests_total", code: "code", durations: "http_request_duration_seconds", perMillisecond: 0.001 },
  otel: {
    requests: "http_server_request_duration_seconds_count",
    code: "http_response_status_code",
    durations: "http_server_request_duration_seconds",
    perMillisecond: 0.001,
  },
  kong: { requests: "kong_http_requests_total", code: "code", durations: "kong_request_latency_ms", perMillisecond: 1 },
} as const satisfies Record<MetricSource["kind"], unknown>;

export function metricsOf(source: MetricSource): Metrics {
  const { requests, code, durations, perMillisecond } = NAMES[source.kind];
  return { requests, failed: matches(code, SERVER_ERROR), durations, perMillisecond, matchers: matchersOf(source) };
}

function matchersOf(source: MetricSource): readonly Matcher[] {
  return source.kind === "istio"
    ? [
        equals("reporter", source.reporter),
        equals("destination_service_namespace", source.namespace),
        oneOf("destination_service_name", source.services),
      ]
    : allEqual(source.labels);
}
