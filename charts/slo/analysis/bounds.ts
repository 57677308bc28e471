// Which counts of one window prove something about a share of bad requests. Pure numbers.

/** A straight line through (requests, bad requests): bad = slope * requests + offset. */
export interface Line {
  readonly slope: number;
  readonly offset: number;
}

/** What a canary must be to fail: this many times as bad as it may be. */
export const WORSE = 2;

/** On or above it, a window proves that the bad share is above `limit`: of a share of at most `limit` at most `chance` of all windows get there. */
export function failingLine(limit: number, chance: number): Line {
  // Halfway to 1 where twice the limit would be no share any more.
  return evidenceLine(limit, Math.min(WORSE * limit, (1 + limit) / 2), chance);
}

/** On or below it, a window proves that the bad share is below `limit`: of a share of at least `limit` at most `chance` of all windows get there. */
export function passingLine(limit: number, chance: number): Line {
  return evidenceLine(limit, limit / 2, chance);
}

/**
 * The counts at which the likelihood ratio of `share` against `limit` is 1/chance:
 *
 *     bad ln(share/limit) + (requests - bad) ln((1-share)/(1-limit)) = ln(1/chance)
 *
 * The gate's processes are made of the same ratio (gate/decision/processes.ts). Its mean is 1 at the limit, and less on the far side of it, so
 * by Markov's inequality it gets to 1/chance with at most that chance, whatever the number of requests.
 */
function evidenceLine(limit: number, share: number, chance: number): Line {
  const perBad = Math.log(share / limit);
  const perGood = Math.log1p(-share) - Math.log1p(-limit);
  return { slope: rounded(-perGood / (perBad - perGood)), offset: rounded(Math.log(1 / chance) / (perBad - perGood)) };
}

/** As many digits as people can bear in a condition; fewer would move the line by whole requests at a million of them. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
