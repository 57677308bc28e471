// Stands in for the mesh in real time: counters of requests that follow the Rollout's weight, in Prometheus' format.
import type { TestContext } from "node:test";
import { serve } from "../../support/server.ts";

const TICK_MS = 200;
const REQUESTS_PER_TICK = 200;

export interface Traffic {
  /** host:port of its /metrics. */
  readonly target: string;
  /** Share of answers that are 500, by Service. */
  readonly errors: Record<string, number>;
  /** What the counters say: how many requests there were, nothing at all, or NaN. */
  counters: "numbers" | "nothing" | "NaN";
}

/** @param shares the share of all requests that each Service gets now */
export async function startTraffic(t: TestContext, shares: () => Promise<Readonly<Record<string, number>>>): Promise<Traffic> {
  const requests = new Map<string, number>();
  const add = (key: string, count: number) => {
    if (count > 0) requests.set(key, (requests.get(key) ?? 0) + count);
  };
  const tick = async () => {
    for (const [service, share] of Object.entries(await shares())) {
      const bad = REQUESTS_PER_TICK * share * (traffic.errors[service] ?? 0);
      const labels = `reporter="source",destination_service_namespace="default",destination_service_name="${service}"`;
      add(`istio_requests_total{${labels},response_code="500"}`, bad);
      add(`istio_requests_total{${labels},response_code="200"}`, REQUESTS_PER_TICK * share - bad);
      add(`istio_request_duration_milliseconds_count{${labels}}`, REQUESTS_PER_TICK * share);
      add(`istio_request_duration_milliseconds_bucket{${labels},le="300"}`, REQUESTS_PER_TICK * share);
    }
  };
  const ticks = setInterval(() => void tick().catch(() => undefined), TICK_MS);
  t.after(() => clearInterval(ticks));

  const { port } = await serve(t, (_request, response) => {
    const lines = [...requests].map(([series, count]) => `${series} ${traffic.counters === "NaN" ? "NaN" : count}\n`);
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4" });
    response.end(traffic.counters === "nothing" ? "" : lines.join(""));
  });
  const traffic: Traffic = { target: `127.0.0.1:${port}`, errors: {}, counters: "numbers" };
  return traffic;
}
