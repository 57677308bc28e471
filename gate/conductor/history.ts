// What Prometheus has told so far, as counters: the raw samples of both revisions, and what they grew by between two moments. Pure.
import type { Counts, SliWindow } from "../types.ts";

export type Revision = "canary" | "stable";

/** Both counters of a series at one scrape. */
export interface Point {
  /** When it was scraped, seconds since the epoch. */
  readonly time: number;
  readonly total: number;
  readonly bad: number;
}

/** One pair of counters: of one source, answer code and so on. */
export interface Series {
  /** Tells the series apart from every other one of the SLI. */
  readonly key: string;
  readonly revision: Revision;
  /** In order of time. */
  readonly points: readonly Point[];
  /** Times at which the series was there but could not be used (NaN, no bucket at the threshold). */
  readonly broken: readonly number[];
}

/** What one reading of Prometheus brought: all samples in (from, to]. */
export interface Reading {
  readonly to: number;
  /** By SLI name. */
  readonly series: Readonly<Record<string, readonly Series[]>>;
  /** Time of the newest scrape of anything at all; none when Prometheus holds nothing fresh. */
  readonly lastScrape?: number;
}

/** All that was read of one series. */
export interface Kept {
  readonly revision: Revision;
  readonly points: Point[];
  readonly broken: number[];
}

/** The samples of one rollout: readings in order of time, each beginning where the one before it ended. */
export interface History {
  /** Up to when it has been read; seconds since the epoch. */
  readonly to: number;
  /** Whether Prometheus was scraping when the first reading ended: then a series that turns up later began at 0. */
  readonly watched: boolean;
  /** Time between two scrapes of the mesh, where the first reading shows it. */
  readonly interval?: number;
  readonly lastScrape?: number;
  readonly series: ReadonlyMap<string, ReadonlyMap<string, Kept>>;
}

/** A history that knows only what was there when the canary began. */
export function historyFrom(first: Reading): History {
  const interval = scrapeInterval(Object.values(first.series).flat());
  const empty: History = {
    to: first.to,
    watched: first.lastScrape !== undefined,
    series: new Map(),
    ...(interval !== undefined && { interval }),
  };
  return extended(empty, first);
}

/** The history with one more reading. */
export function extended(history: History, reading: Reading): History {
  const series = new Map(history.series);
  for (const [sli, read] of Object.entries(reading.series)) {
    const kept = new Map(series.get(sli));
    for (const { key, revision, points, broken } of read) {
      const before = kept.get(key);
      kept.set(key, { revision, points: [...(before?.points ?? []), ...points], broken: [...(before?.broken ?? []), ...broken] });
    }
    series.set(sli, kept);
  }
  return { ...history, to: reading.to, series, ...(reading.lastScrape !== undefined && { lastScrape: reading.lastScrape }) };
}

/**
 * What one SLI measured in the window (from, to], or undefined when it was blind in it.
 *
 * Blind is: a sample in the window that cannot be used, or no sample of either revision for longer than `staleAfter`
 * before the window's end (Prometheus, or what it scrapes, was down). Requests counted in such a gap are not lost: they
 * show in the first window after it, for both revisions alike. No series at all is not blind: nobody has called the service.
 * @param staleAfter age of the newest sample from which on it says nothing any more; seconds
 */
export function windowOf(history: History, sli: string, from: number, to: number, staleAfter: number): SliWindow | undefined {
  const all = [...(history.series.get(sli)?.values() ?? [])];
  if (all.some(({ broken }) => broken.some((time) => time > from && time <= to))) return undefined;
  const newest = Math.max(...all.map(({ points }) => points[lastUntil(points, to)]?.time ?? Number.NEGATIVE_INFINITY));
  if (all.length > 0 && Number.isFinite(newest) && to - newest > staleAfter) return undefined;
  const of = (revision: Revision) =>
    sum(all.filter((s) => s.revision === revision).map((s) => growth(s.points, from, to, history.watched)));
  return { canary: of("canary"), stable: of("stable") };
}

/** What a pair of counters grew by in (from, to]: differences between neighbours, where a fall is a restart at 0. */
function growth(points: readonly Point[], from: number, to: number, watched: boolean): Counts {
  const start = lastUntil(points, from);
  let before = points[start] ?? (watched ? { total: 0, bad: 0 } : points[0]);
  let total = 0;
  let bad = 0;
  for (let i = start + 1; i < points.length; i++) {
    const point = points[i];
    if (point === undefined || before === undefined || point.time > to) break;
    const restarted = point.total < before.total;
    const more = restarted ? point.total : point.total - before.total;
    total += more;
    bad += Math.min(more, restarted ? point.bad : Math.max(0, point.bad - before.bad));
    before = point;
  }
  return { total, bad };
}

/** Index of the last point at or before `time`, -1 when there is none. */
function lastUntil(points: readonly Point[], time: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.time ?? Number.POSITIVE_INFINITY) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function sum(counts: readonly Counts[]): Counts {
  return counts.reduce((a, b) => ({ total: a.total + b.total, bad: a.bad + b.bad }), { total: 0, bad: 0 });
}

/** The usual time between two samples: the median over the series with the most of them. */
function scrapeInterval(series: readonly Series[]): number | undefined {
  const { points } = series.reduce<Pick<Series, "points">>((most, s) => (s.points.length > most.points.length ? s : most), { points: [] });
  const gaps = points.slice(1).map((point, i) => point.time - (points[i]?.time ?? point.time));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
}
