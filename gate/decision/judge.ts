// The rule: what the looks so far allow to be done. Pure, and the same whoever looks and whenever.
import type { Against, Decision, Look, Plan, SliPlan, SliWindow } from "../types.ts";
import { logMeanExp } from "./logSpace.ts";
import { betterProcess, comparisonProcess, goodProcess, limitProcess, type Process } from "./processes.ts";

export const DEFAULTS = { alpha: 0.01, beta: 0.05, minStep: 15, tolerance: 1.5 } as const;

/** "Nothing leans towards worse", with room for rounding. */
const NO_LEANING = 1e-9;

/** Takes the looks of one rollout in order and says after each what the rule allows. */
export interface Judge {
  look(look: Look): Decision;
}

/**
 * A judge of one rollout that has seen nothing yet.
 *
 * E, the one number of the rollout, is the mean over two terms an SLI (limit, comparison), each the mean over one
 * process a step that starts with its step: a mean of e-processes is one again, so alpha holds for the whole rollout
 * without a correction for looks, steps or SLIs.
 */
export function judge(plan: Plan): Judge {
  const { alpha = DEFAULTS.alpha, beta = DEFAULTS.beta, minStep = DEFAULTS.minStep } = plan;
  const slis = plan.slis.map((sli) => sliJudge(sli, plan.steps.length, Math.log(1 / alpha)));
  let looks = 0;
  let step = -1;
  let stepStart = 0;

  return {
    look(look) {
      if (look.step !== step) {
        step = look.step;
        stepStart = look.stepStartedAt ?? look.at;
        for (const sli of slis) sli.startStep();
      }
      for (const sli of slis) {
        const window = look.slis[sli.name];
        if (window) sli.feed(window);
      }
      const states = slis.map((sli) => sli.state());
      const terms = Object.fromEntries(
        states.flatMap((s) => [
          [`${s.name}/limit`, s.limit],
          [`${s.name}/comparison`, s.comparison],
        ]),
      );
      const logE = logMeanExp(Object.values(terms));
      const proven = states.every((s) => s.good >= Math.log(1 / beta)) && logE <= NO_LEANING && look.at - stepStart >= minStep;
      return {
        decision: logE >= Math.log(1 / alpha) ? "rollback" : proven ? "advance" : "wait",
        look: looks++,
        logE,
        terms,
        good: Object.fromEntries(states.map((s) => [s.name, s.good])),
        against: Object.fromEntries(states.map((s) => [s.name, s.against])),
      };
    },
  };
}

interface SliState {
  readonly name: string;
  readonly limit: number;
  readonly comparison: number;
  readonly good: number;
  readonly against: Against;
}

/** The processes of one SLI: a limit and a comparison per step, good and better of the present step, stable's own limit. */
function sliJudge({ name, limit, tolerance = DEFAULTS.tolerance }: SliPlan, steps: number, overLimit: number) {
  const started: { readonly limit: Process; readonly comparison: Process }[] = [];
  const stableLimit = limitProcess(limit, "stable");
  let good = goodProcess(limit);
  let better = betterProcess();

  const meanOverSteps = (logs: readonly number[]) => logMeanExp([...logs, ...Array<number>(steps - logs.length).fill(0)]);

  return {
    name,
    startStep(): void {
      started.push({ limit: limitProcess(limit), comparison: comparisonProcess(tolerance) });
      good = goodProcess(limit);
      better = betterProcess();
    },
    feed(window: SliWindow): void {
      for (const { limit, comparison } of started) {
        limit.feed(window);
        comparison.feed(window);
      }
      for (const process of [stableLimit, good, better]) process.feed(window);
    },
    state(): SliState {
      // A service that is broken already could never be mended if its fix had to keep the limit at once.
      const against: Against = stableLimit.logE() >= overLimit ? "stable" : "limit";
      return {
        name,
        limit: against === "stable" ? Number.NEGATIVE_INFINITY : meanOverSteps(started.map((s) => s.limit.logE())),
        comparison: meanOverSteps(started.map((s) => s.comparison.logE())),
        good: against === "stable" ? better.logE() : good.logE(),
        against,
      };
    },
  };
}

/** What the rule says at the last of `looks`, or where it stopped before: at a rollback, or when the last step was passed. */
export function decide(plan: Plan, looks: readonly Look[]): Decision {
  const judging = judge(plan);
  let last: Decision | undefined;
  for (const look of looks) {
    last = judging.look(look);
    const over = last.decision === "rollback" || (last.decision === "advance" && look.step === plan.steps.length - 1);
    if (over) break;
  }
  return last ?? nothingSeen(plan);
}

/** Before the first look every e is 1; `look` is -1. */
function nothingSeen(plan: Plan): Decision {
  const all = <T>(value: T, suffixes = [""]) => Object.fromEntries(plan.slis.flatMap(({ name }) => suffixes.map((s) => [name + s, value])));
  return { decision: "wait", look: -1, logE: 0, terms: all(0, ["/limit", "/comparison"]), good: all(0), against: all<Against>("limit") };
}
