// What the plan will do at the present traffic, by playing the rule itself on simulated rollouts.
import type { Look, Plan } from "../types.ts";
import { judge } from "./judge.ts";

/** What the service does now. */
export interface Traffic {
  /** Requests a second of the whole service; where requests are copied, of those that may be. */
  readonly requestsPerSecond: number;
  /** Stable's present share of bad requests, by SLI name; an SLI left out is taken as never bad. */
  readonly badShare: Readonly<Record<string, number>>;
}

/** When the conductor looks and gives up. Seconds. */
export interface Pace {
  readonly lookSeconds: number;
  /** Longest time in one step. */
  readonly deadlineSeconds: number;
}

/** How often something happened in the simulated rollouts, and after how many seconds in the median of those. */
export interface Odds {
  readonly chance: number;
  readonly seconds?: number;
}

export interface Prediction {
  /** A canary exactly as bad as stable: how likely and how soon it is promoted. */
  readonly healthy: Odds;
  /** A canary `factor` times as bad as stable in this one SLI: how likely and how soon it is rolled back on evidence. */
  readonly regressions: readonly (Odds & { readonly sli: string; readonly factor: number; readonly share: number })[];
}

const FACTORS = [2, 5, 10];
/** Where stable was never bad there is nothing to multiply: one in a thousand stands in. */
const SMALLEST_SHARE = 0.001;
/** Enough to tell 90 % from 99 %, few enough for a preview (about 0.1 s a plan). */
const ROLLOUTS = 40;
/** Looks are spaced out as a step grows old: the outcome hardly changes, the time to compute it does. */
const STRETCH = 0.05;

/** Predicts how a rollout under `plan` ends. The same input gives the same prediction: the draws are seeded. */
export function predict(plan: Plan, pace: Pace, traffic: Traffic): Prediction {
  const shareOf = (sli: string) => traffic.badShare[sli] ?? 0;
  const ending = (verdict: Ending["verdict"], canaryShare: (sli: string) => number) =>
    odds(
      Array.from({ length: ROLLOUTS }, (_, seed) => rollout(plan, pace, traffic, shareOf, canaryShare, random(seed + 1))),
      verdict,
    );
  const regression = (sli: string, factor: number) => {
    const share = Math.min(1, Math.max(shareOf(sli), SMALLEST_SHARE) * factor);
    return { sli, factor, share, ...ending("rolled back", (name) => (name === sli ? share : shareOf(name))) };
  };
  return {
    healthy: ending("promoted", shareOf),
    regressions: plan.slis.flatMap(({ name }) => FACTORS.map((factor) => regression(name, factor))),
  };
}

interface Ending {
  readonly verdict: "promoted" | "rolled back" | "undecided";
  readonly seconds: number;
}

function rollout(
  plan: Plan,
  { lookSeconds, deadlineSeconds }: Pace,
  { requestsPerSecond }: Traffic,
  stableShare: (sli: string) => number,
  canaryShare: (sli: string) => number,
  draw: () => number,
): Ending {
  const judging = judge(plan);
  let at = 0;
  for (const [step, weight] of plan.steps.entries()) {
    const stepStartedAt = at;
    let decision: "rollback" | "advance" | "wait" = "wait";
    while (decision === "wait") {
      if (at - stepStartedAt >= deadlineSeconds) return { verdict: "undecided", seconds: at };
      const seconds = Math.max(lookSeconds, STRETCH * (at - stepStartedAt));
      at += seconds;
      const requests = requestsPerSecond * seconds;
      const canary = poisson((requests * weight) / 100, draw);
      // What is copied is stable's as well.
      const stable = poisson((requests * (plan.strategy === "blueGreen" ? 100 : 100 - weight)) / 100, draw);
      const counts = (total: number, share: number) => ({ total, bad: Math.min(total, poisson(total * share, draw)) });
      const slis: Look["slis"] = Object.fromEntries(
        plan.slis.map(({ name }) => [name, { canary: counts(canary, canaryShare(name)), stable: counts(stable, stableShare(name)) }]),
      );
      ({ decision } = judging.look({ at, step, stepStartedAt, slis }));
    }
    if (decision === "rollback") return { verdict: "rolled back", seconds: at };
  }
  return { verdict: "promoted", seconds: at };
}

function odds(endings: readonly Ending[], verdict: Ending["verdict"]): Odds {
  const seconds = endings
    .filter((e) => e.verdict === verdict)
    .map((e) => e.seconds)
    .sort((a, b) => a - b);
  const median = seconds[Math.floor(seconds.length / 2)];
  return { chance: seconds.length / endings.length, ...(median !== undefined && { seconds: median }) };
}

/** Poisson variate: by inversion of small means, by the normal approximation of large ones. */
function poisson(mean: number, draw: () => number): number {
  if (mean > 30)
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())));
  let count = 0;
  for (let product = draw(); product > Math.exp(-mean); product *= draw()) count++;
  return count;
}

/** Numbers in [0, 1) from a seed: Marsaglia's 32-bit xorshift. */
function random(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
