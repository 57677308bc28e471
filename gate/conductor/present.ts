// What a service does at present, out of its last minutes' samples. Pure.
import type { Traffic } from "../decision/index.ts";
import type { SliWindow } from "../types.ts";
import { type History, type Kept, windowOf } from "./history.ts";

/** Traffic, and what is known of it. */
export interface Present extends Traffic {
  readonly requests: number;
  /** Length of the window in which they were counted, which ends with the newest sample. */
  readonly seconds: number;
}

const MINUTE = 60;
/** How far back the present may reach where a minute has too few requests. */
const LONGEST_SECONDS = 300;
/** What has to be read for it: in the time before the longest window every counter shows where it stood. */
export const PRESENT_SECONDS = LONGEST_SECONDS + MINUTE;
/** From as many requests on their rate is known to about a tenth. */
export const ENOUGH_REQUESTS = 100;

/**
 * The rate of the requests and the shares of bad ones while all of them were stable's own: not while a canary had a part of them, and not
 * before the service answered well for the first time. What the mesh answers for a service that is not there yet is not what the service does.
 */
export function presentOf(history: History, slis: readonly string[]): Present {
  const kept = slis.map((sli) => [...(history.series.get(sli)?.values() ?? [])]);
  const times = [...new Set(kept.flat().flatMap(({ points }) => points.map(({ time }) => time)))].sort((a, b) => a - b);
  const [earliest = 0, newest = 0] = [times[0], times.at(-1)];
  if (history.to - newest > MINUTE) return { requests: 0, seconds: MINUTE, requestsPerSecond: 0, badShare: {} };
  // One scrape later every counter that was there has been seen: one that turns up from then on began at 0.
  const known = earliest + (history.interval ?? 0);
  const since = Math.max(known, ...kept.flatMap((series) => [canaryUntil(series, known), goodSince(series)]));
  const measure = (seconds: number) => {
    const from = times.find((time) => time >= Math.max(since, newest - seconds)) ?? newest;
    return presentIn(history, slis, from, newest);
  };
  const minute = measure(MINUTE);
  return minute.requests > 0 && minute.requests < ENOUGH_REQUESTS ? measure(LONGEST_SECONDS) : minute;
}

function presentIn(history: History, slis: readonly string[], from: number, to: number): Present {
  const counted = slis.map((sli) => ({ sli, ...bothOf(windowOf(history, sli, from, to, Number.POSITIVE_INFINITY)) }));
  const requests = Math.max(...counted.map(({ total }) => total));
  const seconds = to - from;
  return {
    requests,
    seconds,
    requestsPerSecond: requests === 0 ? 0 : requests / seconds,
    badShare: Object.fromEntries(counted.map(({ sli, total, bad }) => [sli, total === 0 ? 0 : bad / total])),
  };
}

function bothOf(window: SliWindow | undefined): { readonly total: number; readonly bad: number } {
  if (window === undefined) return { total: 0, bad: 0 };
  const { canary, stable } = window;
  return { total: canary.total + stable.total, bad: canary.bad + stable.bad };
}

/** The last sample that shows new requests of a canary. @param known from when on a counter that turns up began at 0 */
function canaryUntil(series: readonly Kept[], known: number): number {
  const grown = series
    .filter(({ revision }) => revision === "canary")
    .flatMap(
      ({ points }) =>
        points.findLast(({ time, total }, i) => (i === 0 ? time > known && total > 0 : total !== points[i - 1]?.total))?.time ?? [],
    );
  return Math.max(...grown);
}

/** The first sample that shows a good answer of stable. */
function goodSince(series: readonly Kept[]): number {
  const good = series
    .filter(({ revision }) => revision === "stable")
    .flatMap(({ points }) => points.find(({ total, bad }) => total > bad)?.time ?? []);
  return good.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...good);
}
