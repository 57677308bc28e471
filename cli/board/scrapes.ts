import { parser } from "@prometheus-io/lezer-promql";
import type { Prometheus, TimeRange } from "./prometheus.ts";

const MINUTE = 60;

/** Seconds between two samples of the slowest metric in a query. */
export type ScrapeIntervals = (query: string) => Promise<number>;

/**
 * Finds out how often metrics are scraped, by how many samples of them there are in a minute: a mesh may be scraped every second and
 * pods every five, and a rate over less than two samples shows nothing. Each metric is asked for once.
 */
export function scrapeIntervals(prometheus: Prometheus, time: TimeRange): ScrapeIntervals {
  const known = new Map<string, Promise<number>>();
  const intervalOf = (metric: string) => {
    const asked = known.get(metric) ?? measured(metric, prometheus, time);
    known.set(metric, asked);
    return asked;
  };
  return async (query) => Math.max(1, ...(await Promise.all(metricsIn(query).map(intervalOf))));
}

async function measured(metric: string, prometheus: Prometheus, time: TimeRange): Promise<number> {
  const series = await prometheus.range(`max(count_over_time(${metric}[${MINUTE}s]))`, time, MINUTE / 2);
  const samples = Math.max(1, ...series.flatMap(({ points }) => points.map(([, count]) => count)));
  return Math.ceil(MINUTE / samples);
}

function metricsIn(query: string): readonly string[] {
  const found = new Set<string>();
  parser.parse(query).iterate({
    enter: ({ name, node }) => {
      const metric = name === "VectorSelector" ? node.getChild("Identifier") : null;
      if (metric !== null) found.add(query.slice(metric.from, metric.to));
    },
  });
  return [...found];
}
