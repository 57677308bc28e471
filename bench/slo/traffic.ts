// Made-up services whose counters a Prometheus has known for three days and goes on scraping.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Slo } from "../../charts/slo/slo.ts";

const SERVICES = 20;
const PODS = 5;
const CODES = ["200", "500"];

export const HISTORY_DAYS = 3;
const HISTORY_STEP_SECONDS = 60;
const EVENTS_A_SECOND = 20;

/** Series that each SLO is computed from. */
export const SERIES_A_SERVICE = PODS * CODES.length;

const SERIES = Array.from({ length: SERVICES }, (_, service) => service).flatMap((service) =>
  Array.from({ length: PODS }, (_, pod) => pod).flatMap((pod) =>
    CODES.map((code) => ({
      labels: `job="service-${service}",pod="${pod}",code="${code}"`,
      rate: code === "200" ? EVENTS_A_SECOND : EVENTS_A_SECOND / 1000,
    })),
  ),
);

/** So many SLOs, shared out among the services. */
export function slosOf(count: number): readonly Slo[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `availability-${index}`,
    service: `service-${index % SERVICES}`,
    objective: 99.9,
    window: { days: 30 },
    sli: { type: "availability", from: { kind: "app", labels: { job: `service-${index % SERVICES}` } } },
  }));
}

/** Writes blocks of the last three days, up to now, into a folder. */
export async function writeHistory(promtool: string, folder: string, now: number): Promise<void> {
  const file = join(folder, "history.txt");
  const out = createWriteStream(file);
  out.write("# TYPE http_requests counter\n");
  for (const { labels, rate } of SERIES) {
    const times = Array.from(
      { length: (HISTORY_DAYS * 86_400) / HISTORY_STEP_SECONDS },
      (_, step) => now - HISTORY_DAYS * 86_400 + step * HISTORY_STEP_SECONDS,
    );
    const text = times.map((time) => `http_requests_total{${labels}} ${valueAt(rate, time)} ${time}\n`).join("");
    if (!out.write(text)) await once(out, "drain");
  }
  out.end("# EOF\n");
  await once(out, "finish");
  await promisify(execFile)(promtool, ["tsdb", "create-blocks-from", "openmetrics", file, join(folder, "blocks")]);
}

/** The same counters, of now, for a scrape. */
export async function serveCounters(port: number): Promise<Server> {
  const server = createServer((_, response) => {
    const now = Date.now() / 1000;
    response.setHeader("content-type", "text/plain; version=0.0.4");
    response.end(
      `# TYPE http_requests_total counter\n${SERIES.map(({ labels, rate }) => `http_requests_total{${labels}} ${valueAt(rate, now)}\n`).join("")}`,
    );
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function valueAt(rate: number, time: number): number {
  return Math.floor((time % 1e7) * rate);
}
