import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { faultyRoutes } from "./answers.ts";

/** Upper bounds in seconds. 0.1 to 0.5 stand close together: a latency objective is judged by a bucket that ends on its threshold. */
export const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10];

export interface Metrics {
  /** Counts one answered request. */
  observe(method: string, route: string, code: number, seconds: number): void;
  /** The exposition text and its content type. */
  render(): Promise<{ readonly text: string; readonly contentType: string }>;
}

/** The service's series, all with the version that is served as a label, so that canary and stable can be told apart without the mesh. */
export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ["method", "route", "code", "version"] as const;
  const requests = new Counter({ name: "http_requests_total", help: "Requests answered.", labelNames, registers });
  const errors = new Counter({ name: "http_requests_errors_total", help: "Requests answered with a 5xx code.", labelNames, registers });
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from a request's arrival to the end of its answer.",
    labelNames: ["method", "route", "version"] as const,
    buckets: durationBuckets,
    registers,
  });
  new Gauge({ name: "deployment_version", help: "Always 1; the label tells what runs.", labelNames: ["version"], registers }).set(
    { version },
    1,
  );

  // A counter that first appears at 1 loses its first increment to rate(): let the expected series begin at 0.
  for (const route of faultyRoutes) {
    requests.inc({ method: "GET", route, code: "200", version }, 0);
    requests.inc({ method: "GET", route, code: "500", version }, 0);
    errors.inc({ method: "GET", route, code: "500", version }, 0);
    durations.zero({ method: "GET", route, version });
  }

  return {
    observe(method, route, code, seconds) {
      const labels = { method, route, code: String(code), version };
      requests.inc(labels);
      if (code >= 500) errors.inc(labels);
      durations.observe({ method, route, version }, seconds);
    },
    render: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
  };
}
