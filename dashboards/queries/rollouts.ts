// PromQL over the metrics of Argo Rollouts' controller (its controller/metrics, version 1.9).
import type { State } from "../kinds/index.ts";

/** Phases in rollout_info, and what they mean to somebody who waits for a rollout. */
const PHASES = {
  Completed: { text: "promoted", colour: "green" },
  Progressing: { text: "in progress", colour: "blue" },
  Paused: { text: "waits for the gate", colour: "purple" },
  Abort: { text: "rolled back", colour: "red" },
  Timeout: { text: "timed out", colour: "red" },
  Error: { text: "error", colour: "red" },
  InvalidSpec: { text: "invalid", colour: "red" },
} as const satisfies Record<string, Omit<State, "value">>;

export const PHASE_STATES: readonly State[] = Object.values(PHASES).map((phase, value) => ({ value, ...phase }));

/** Rollouts by their phase, as the numbers of PHASE_STATES. */
export const PHASE = Object.keys(PHASES)
  .map((phase, value) => `${value} * max by (namespace, name) (rollout_info{${where()},phase="${phase}"})`)
  .join(" or ");

/** @param labels further conditions, such as phase="Paused" */
export function where(...labels: readonly string[]): string {
  return ['namespace=~"$namespace"', 'name=~"$service"', ...labels].join(",");
}

/**
 * How many events there were in the board's range. increase() begins at a series' second sample, but a rare event's series begins
 * with the event: a series that was not there when the range began adds its first value.
 * @param reasons regular expression for the reasons of Argo Rollouts' events
 */
export function eventsInRange(reasons: string, ...by: readonly string[]): string {
  const events = `rollout_events_total{${where(`reason=~"${reasons}"`)}}`;
  const seen = `(increase(${events}[$__range]) or 0 * max_over_time(${events}[$__range]))`;
  const first = `((min_over_time(${events}[$__range]) unless ${events} offset $__range) or 0 * max_over_time(${events}[$__range]))`;
  return `round(sum by (${by.join(", ")}) (${seen}) + sum by (${by.join(", ")}) (${first}))`;
}

/** Rollouts for which an event has just been counted, for annotations. */
export function eventNow(reasons: string): string {
  const events = `rollout_events_total{${where(`reason=~"${reasons}"`)}}`;
  return `sum by (reason) (${events} - (${events} offset $__rate_interval or 0 * ${events})) > 0`;
}

/** What ends a rollout badly, by Argo Rollouts' reasons. */
export const FAILURES = "RolloutAborted|ProgressDeadlineExceeded|AnalysisRunFailed|ReplicaSetCreateError|InvalidSpec";

/** Time between two looks at the phase, in seconds: a rollout's times are as exact as that. */
const EVERY = 15;

/** Seconds that rollouts spent in these phases in the board's range. */
export function secondsIn(phases: string, ...by: readonly string[]): string {
  return `${EVERY} * sum by (${by.join(", ")}) (sum_over_time(rollout_info{${where(`phase=~"${phases}"`)}}[$__range:${EVERY}s]))`;
}
