// Stands in for mesh and Prometheus in real time: requests that follow the Rollout's weight, and the queries the conductor asks of them.
import type { TestContext } from "node:test";
import { serve } from "../../support/server.ts";

const SCRAPE_MS = 500;
const REQUESTS_PER_SCRAPE = 100;

export interface TrafficServer {
  readonly url: string;
  /** Share of the canary's answers that are 500. */
  canaryErrors: number;
}

type Sample = readonly [number, string];

/** @param canaryWeight the weight that the controller has set by now, in percent */
export async function startTraffic(t: TestContext, canaryWeight: () => Promise<number>): Promise<TrafficServer> {
  const counters = new Map<string, { total: number; readonly samples: Sample[] }>();
  const add = (service: string, code: string, requests: number) => {
    const key = JSON.stringify({ destination_service_name: service, response_code: code });
    const counter = counters.get(key) ?? { total: 0, samples: [] };
    counter.total += requests;
    counters.set(key, counter);
  };
  let behaviour = 0;
  const scrape = async () => {
    const canary = Math.round((REQUESTS_PER_SCRAPE * (await canaryWeight())) / 100);
    const bad = Math.round(canary * behaviour);
    add("echo-stable", "200", REQUESTS_PER_SCRAPE - canary);
    if (canary > 0) add("echo-canary", "200", canary - bad);
    if (bad > 0) add("echo-canary", "500", bad);
    const now = Date.now() / 1000;
    for (const { total, samples } of counters.values()) samples.push([now, String(total)]);
  };
  const scrapes = setInterval(() => void scrape().catch(() => undefined), SCRAPE_MS);

  const { url } = await serve(t, (request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://localhost");
    const to = Number(searchParams.get("time"));
    const [, names = "", range = "0"] =
      /^istio_requests_total\{.*destination_service_name=~"([^"]+)"\}\[(\d+)ms\]$/.exec(searchParams.get("query") ?? "") ?? [];
    const result = [...counters].flatMap(([key, { samples }]) => {
      const metric: Record<string, string> = JSON.parse(key);
      const values = samples.filter(([time]) => time > to - Number(range) / 1000 && time <= to);
      const asked = names.split("|").includes(metric.destination_service_name ?? "");
      return asked && values.length > 0 ? [{ metric, values }] : [];
    });
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: "success", data: { resultType: "matrix", result } }));
  });
  t.after(() => clearInterval(scrapes));
  return {
    url,
    get canaryErrors() {
      return behaviour;
    },
    set canaryErrors(share) {
      behaviour = share;
    },
  };
}
