// The four e-processes of the rule. Each starts at 1, is fed windows, and is a non-negative supermartingale under its
// hypothesis, so the chance that it ever reaches 1/alpha is at most alpha (Ville's inequality), however often one looks.
import type { Counts, SliWindow } from "../types.ts";
import { logMeanExp, times } from "./logSpace.ts";

/** One process: fed windows, read as ln e. */
export interface Process {
  feed(window: SliWindow): void;
  logE(): number;
}

/** How much worse than allowed a canary might be: the alternatives that are weighed, all at once. */
const WORSE = [1.5, 2, 3, 5, 10, 20, 50];
/** Shares of the limit at which a canary counts as good. */
const GOOD = [0.5, 0.25, 0.1, 0];
/** How much better than stable a fix might be. */
const BETTER = [0.75, 0.5, 0.25, 0.1];
const LARGEST_SHARE = 0.99;

/** "The revision's bad share is at most `limit`": grows when it is above. `of` picks the revision. */
export function limitProcess(limit: number, of: keyof SliWindow = "canary"): Process {
  const shares = WORSE.map((ratio) => Math.min(limit * ratio, LARGEST_SHARE)).filter((share) => share > limit);
  return shareProcess(limit, [...new Set(shares)], of);
}

/** "The canary's bad share is at least `limit`": grows when it is clearly below. */
export function goodProcess(limit: number): Process {
  return shareProcess(
    limit,
    GOOD.map((part) => limit * part),
    "canary",
  );
}

/** "The canary is at most `tolerance` times as bad as stable": grows when it is worse than that. */
export function comparisonProcess(tolerance: number): Process {
  return ratioProcess(WORSE, tolerance);
}

/** "The canary is at least as bad as stable": grows when it is better. For a fix rolled out while stable is over its limit. */
export function betterProcess(): Process {
  return ratioProcess(BETTER, 1);
}

/** Bernoulli likelihood ratio of a bad share of `share` against `limit`; only the sums of the counts matter. */
function shareProcess(limit: number, shares: readonly number[], of: keyof SliWindow): Process {
  let seen: Counts = { total: 0, bad: 0 };
  return {
    feed: (window) => {
      seen = { total: seen.total + window[of].total, bad: seen.bad + window[of].bad };
    },
    logE: () =>
      logMeanExp(
        shares.map(
          (share) => times(seen.bad, Math.log(share / limit)) + times(seen.total - seen.bad, Math.log1p(-share) - Math.log1p(-limit)),
        ),
      ),
  };
}

/**
 * Given that a request was bad, was it the canary's? Conditional likelihood ratio of "ratio · tolerance times as bad as
 * stable" against "tolerance times as bad"; the traffic split may differ in every window. A window in which either
 * revision had no request cannot compare them.
 */
function ratioProcess(ratios: readonly number[], tolerance: number): Process {
  const logs = ratios.map(() => 0);
  return {
    feed: ({ canary, stable }) => {
      if (canary.total === 0 || stable.total === 0) return;
      const rho = canary.total / (canary.total + stable.total);
      ratios.forEach((ratio, i) => {
        const normaliser = Math.log1p(rho * (ratio * tolerance - 1)) - Math.log1p(rho * (tolerance - 1));
        logs[i] = (logs[i] ?? 0) + canary.bad * Math.log(ratio) - (canary.bad + stable.bad) * normaliser;
      });
    },
    logE: () => logMeanExp(logs),
  };
}
