// One judgement under way: what was written down, what was seen, what the rule says to it. Does no I/O of its own but the Lease's notes.
import { decide, type Judge, judge } from "../decision/index.ts";
import type { Decision, Evidence, Look, Plan } from "../types.ts";
import { extended, type History, historyFrom, type Reading } from "./history.ts";
import { type Grid, lateLooks, type StepLooks, stepLooks } from "./looks.ts";
import type { Progress } from "./progress.ts";

/** How long before the canary's first step its counters are read from: Prometheus' own look-back. */
export const LOOK_BACK_SECONDS = 300;

export interface Judgement {
  readonly plan: Plan;
  readonly grid: Grid;
  /** From where the next reading has to begin, seconds since the epoch. */
  readonly readFrom: number;
  /** All looks that were judged. */
  readonly looks: readonly Look[];
  readonly decision: Decision;
  /** The step the Rollout stands at, so far. */
  readonly current: StepLooks;
  /** Whether the judgement is over: rolled back, or the last step passed. */
  readonly over: boolean;
  /** Takes in what Prometheus holds and judges every look that became due; false when there was none. */
  take(reading: Reading, progress: Progress): boolean;
  /** Counts the looks up to `until` that never got an answer as blind. */
  giveUp(progress: Progress, until: number): void;
}

/**
 * A judgement that has seen nothing yet. Its evidence depends only on what Prometheus holds and on when the Rollout stood
 * at which step; so a conductor that takes over from another one sees the same looks and the same decisions.
 */
export function judgement(plan: Plan, grid: Grid): Judgement {
  const judging: Judge = judge(plan);
  let history: History | undefined;
  let looks: Look[] = [];
  let decision = decide(plan, []);
  let current: StepLooks = { looks: [], before: { canary: 0, stable: 0 } };
  let over = false;

  function hear(heard: readonly Look[]): void {
    for (const look of heard) {
      if (over) return;
      decision = judging.look(look);
      looks = [...looks, look];
      over = decision.decision === "rollback" || (decision.decision === "advance" && look.step === plan.steps.length - 1);
    }
  }

  return {
    plan,
    grid,
    get readFrom() {
      return history?.to ?? grid.origin - LOOK_BACK_SECONDS;
    },
    get looks() {
      return looks;
    },
    get decision() {
      return decision;
    },
    get current() {
      return current;
    },
    get over() {
      return over;
    },
    take(reading, { spans }) {
      history = history ? extended(history, reading) : historyFrom(reading);
      const before = looks.length;
      for (const [step, span] of spans.entries()) {
        const done = looks.filter((look) => look.step === step).length;
        current = stepLooks(history, plan, step, span, grid, reading.to);
        hear(current.looks.slice(done));
      }
      return looks.length > before;
    },
    giveUp({ spans }, until) {
      const step = spans.length - 1;
      const span = spans[step];
      if (span === undefined || over) return;
      const last = looks.at(-1)?.at ?? span.entered;
      hear(lateLooks(grid, step, current.startedAt ?? span.entered, Math.max(last, (history?.to ?? grid.origin) - grid.origin), until));
    },
  };
}

/** The evidence as every record contains it. */
export function evidenceOf({ plan, looks }: Judgement): Evidence {
  return { version: 1, plan, looks };
}

/** How many looks each SLI was blind in. */
export function blindLooks({ plan, looks }: Judgement): Readonly<Record<string, number>> {
  return Object.fromEntries(plan.slis.map(({ name }) => [name, looks.filter(({ slis }) => slis[name] === undefined).length]));
}
