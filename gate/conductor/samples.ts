// From what Prometheus answers to pairs of counters. Pure.
import type { Point, Revision, Series } from "./history.ts";

/** One series of a range selector's answer. */
export interface RawSeries {
  readonly metric: Readonly<Record<string, string>>;
  /** [seconds since the epoch, value as text], in order of time. */
  readonly values: readonly (readonly [number, string])[];
}

/** Tells the revision by the labels of a series; undefined when it belongs to neither. */
export type RevisionOf = (labels: Readonly<Record<string, string>>) => Revision | undefined;

/** Availability: all requests, of which an answer of 500 or above is bad. */
export function availabilitySeries(requests: readonly RawSeries[], revisionOf: RevisionOf): readonly Series[] {
  return seriesOf(requests, revisionOf, ({ metric }) => {
    const isBad = Number(metric.response_code) >= 500;
    return (_time, total) => (isBad ? total : 0);
  });
}

/**
 * Latency: all requests, of which those outside the threshold's bucket are bad. A count counts only together with its
 * bucket of the same scrape: one without the other would make slow requests out of nothing.
 */
export function latencySeries(counts: readonly RawSeries[], buckets: readonly RawSeries[], revisionOf: RevisionOf): readonly Series[] {
  const inTime = new Map(
    buckets.map((bucket) => [keyOf(bucket.metric), new Map(bucket.values.map(([time, value]) => [time, Number(value)]))]),
  );
  return seriesOf(counts, revisionOf, ({ metric }) => {
    const fast = inTime.get(keyOf(metric));
    if (fast === undefined) return () => Number.NaN;
    return (time, total) => {
      const within = fast.get(time);
      return within === undefined ? undefined : Math.max(0, total - within);
    };
  });
}

/** How many of `total` are bad at `time`: NaN when nobody can tell, undefined when this sample is to be left out. */
type BadOf = (time: number, total: number) => number | undefined;

function seriesOf(all: readonly RawSeries[], revisionOf: RevisionOf, badIn: (series: RawSeries) => BadOf): readonly Series[] {
  return all.flatMap((series) => {
    const revision = revisionOf(series.metric);
    if (revision === undefined) return [];
    const badOf = badIn(series);
    const points: Point[] = [];
    const broken: number[] = [];
    for (const [time, value] of series.values) {
      const total = Number(value);
      const bad = badOf(time, total);
      if (bad === undefined) continue;
      if (Number.isFinite(total) && Number.isFinite(bad)) points.push({ time, total, bad });
      else broken.push(time);
    }
    return [{ key: keyOf(series.metric), revision, points, broken }];
  });
}

/** The same for a count and its buckets. */
function keyOf({ __name__: _name, le: _bound, ...labels }: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
