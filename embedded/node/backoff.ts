const FIRST_MS = 10_000;
const LONGEST_MS = 300_000;
const FORGET_AFTER_MS = 600_000;

/** How often something failed in a row, and when that last was. */
export interface Failures {
  readonly count: number;
  /** Time of the last one, ms since the epoch. */
  readonly at: number;
}

/** One more failure at `now`. A container that ran well for ten minutes before it failed starts over at one. */
export function failedAgain(before: Failures | undefined, now: number, ranMs = 0): Failures {
  return { count: before === undefined || ranMs >= FORGET_AFTER_MS ? 1 : before.count + 1, at: now };
}

/**
 * How long a kubelet waits before it tries again, in ms: after the first failure `first`, then 10 s, doubling up to 5 minutes.
 * A crashed container is started again at once (`first` 0), a pull is not (10 s, then 20 s).
 */
export function backOffMs(count: number, first: "at once" | "after 10 s"): number {
  const doublings = first === "at once" ? count - 2 : count - 1;
  return doublings < 0 ? 0 : Math.min(FIRST_MS * 2 ** doublings, LONGEST_MS);
}
