import { addLatency, emptyHistogram, type Histogram, quantile, subtract } from "./histogram.ts";

/** What became of one request. */
export type LoadRecord = {
  /** When the request was due, in milliseconds since 1970: the schedule's time, not that of a late send. */
  readonly dueAt: number;
  /** From when it was due to the end of its answer, so that waiting behind slow answers is not left out. */
  readonly latencyMs: number;
} & (
  | { readonly status: number; readonly version: string }
  /** No complete answer, and why: "timeout", "refused", "closed", or the code of the error. */
  | { readonly error: string }
);

/** The version of an answer that names none: Envoy's own, when it has no pod to ask. */
export const noVersion = "none";

/** Counts of answered requests. */
export interface Counts {
  readonly requests: number;
  /** Answered with a 5xx code. */
  readonly failed: number;
  /** Answered, whatever the code, later than the threshold. */
  readonly slow: number;
  /** Latencies in milliseconds to within 1 %; undefined when nothing was answered. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
  /** When the first of these requests was due since the load began, in milliseconds since 1970. */
  readonly firstAt: number | undefined;
}

/** What the requests of the whole load, or of a window of it, came to. */
export interface LoadReport {
  /** All that were answered. */
  readonly total: Counts;
  /** The answered by the version that served them. */
  readonly versions: Readonly<Record<string, Counts>>;
  /** Requests without an answer, by reason. */
  readonly errors: Readonly<Record<string, number>>;
}

interface VersionTally {
  readonly requests: number;
  readonly failed: number;
  readonly slow: number;
  readonly firstAt: number;
  readonly latencies: Histogram;
}

/** Running totals; a Tally at an earlier time is a mark that a window can begin at. */
export interface Tally {
  readonly versions: ReadonlyMap<string, VersionTally>;
  readonly errors: ReadonlyMap<string, number>;
}

/** A tally to add records to. `mark` is a copy that later records do not change. */
export function createTally(slowMs: number) {
  const versions = new Map<string, VersionTally>();
  const errors = new Map<string, number>();
  return {
    add(record: LoadRecord): void {
      if ("error" in record) {
        errors.set(record.error, (errors.get(record.error) ?? 0) + 1);
        return;
      }
      const before = versions.get(record.version) ?? {
        requests: 0,
        failed: 0,
        slow: 0,
        firstAt: record.dueAt,
        latencies: emptyHistogram(),
      };
      addLatency(before.latencies, record.latencyMs);
      versions.set(record.version, {
        requests: before.requests + 1,
        failed: before.failed + (record.status >= 500 ? 1 : 0),
        slow: before.slow + (record.latencyMs > slowMs ? 1 : 0),
        firstAt: Math.min(before.firstAt, record.dueAt),
        latencies: before.latencies,
      });
    },
    mark(): Tally {
      const copy = ([version, tally]: [string, VersionTally]) => [version, { ...tally, latencies: tally.latencies.slice() }] as const;
      return { versions: new Map([...versions].map(copy)), errors: new Map(errors) };
    },
  };
}

/** The report of all records up to `later` that were not yet in `earlier`; of all of them without it. */
export function report(later: Tally, earlier?: Tally): LoadReport {
  const windows = [...later.versions].map(([version, tally]) => [version, difference(tally, earlier?.versions.get(version))] as const);
  const present = windows.filter(([, tally]) => tally.requests > 0);
  const errors = [...later.errors].map(([reason, count]) => [reason, count - (earlier?.errors.get(reason) ?? 0)] as const);
  return {
    total: counts(present.map(([, tally]) => tally)),
    versions: Object.fromEntries(present.map(([version, tally]) => [version, counts([tally])])),
    errors: Object.fromEntries(errors.filter(([, count]) => count > 0)),
  };
}

function difference(later: VersionTally, earlier: VersionTally | undefined): VersionTally {
  if (earlier === undefined) return later;
  return {
    requests: later.requests - earlier.requests,
    failed: later.failed - earlier.failed,
    slow: later.slow - earlier.slow,
    firstAt: later.firstAt,
    latencies: subtract(later.latencies, earlier.latencies),
  };
}

function counts(tallies: readonly VersionTally[]): Counts {
  const sum = (of: (tally: VersionTally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const latencies = emptyHistogram().map((_, bin) => sum((tally) => tally.latencies[bin] ?? 0));
  return {
    requests: sum((tally) => tally.requests),
    failed: sum((tally) => tally.failed),
    slow: sum((tally) => tally.slow),
    p50: quantile(latencies, 0.5),
    p95: quantile(latencies, 0.95),
    p99: quantile(latencies, 0.99),
    firstAt: tallies.length === 0 ? undefined : Math.min(...tallies.map((tally) => tally.firstAt)),
  };
}
