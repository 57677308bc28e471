// How a rollout stands after a look, and how it ended, as samples of series. Pure. Names and labels: docs/gate.md.
import { totals } from "../conductor/report.ts";
import { DEFAULTS } from "../decision/index.ts";
import type { Decision, Look, Plan, Verdict } from "../types.ts";

/** One value of one series. A gauge may fall; a counter only starts again at 0. */
export interface Sample {
  readonly name: string;
  readonly kind: "gauge" | "counter";
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Whose rollout it is: labels of every series. */
export interface Rollout {
  readonly namespace: string;
  readonly service: string;
  /** The pod-template-hash. */
  readonly revision: string;
}

/** A rollout after a look. */
export interface AfterLook {
  readonly plan: Plan;
  /** All looks that were judged. */
  readonly looks: readonly Look[];
  readonly decision: Decision;
  /** Index into the plan's steps. */
  readonly step: number;
  /** When the step's time is up, seconds since the epoch. */
  readonly deadline: number;
  /** Looks that were not made so far: Prometheus gave no answer, or did not show the canary's share of the traffic yet. */
  readonly missed: Readonly<Record<Missed, number>>;
}

export type Missed = "silent" | "no share";

export interface Ended {
  readonly verdict: Verdict;
  /** The SLI on whose evidence the canary was found worse, if one was. */
  readonly decidedBy: string | undefined;
}

function gauge(name: string, value: number, labels: Sample["labels"] = {}): Sample {
  return { name: `sluice_gate_${name}`, kind: "gauge", labels, value };
}

function counter(name: string, value: number, labels: Sample["labels"] = {}): Sample {
  return { name: `sluice_gate_${name}_total`, kind: "counter", labels, value };
}

/** Everything a person who watches the rollout wants to see drawn. */
export function lookSamples(of: Rollout, { plan, looks, decision, step, deadline, missed }: AfterLook): readonly Sample[] {
  const { strategy, steps, slis, alpha = DEFAULTS.alpha, beta = DEFAULTS.beta } = plan;
  const blind = looks.filter((look) => slis.some(({ name }) => look.slis[name] === undefined)).length;
  const samples = [
    gauge("step", step + 1),
    // Copies of requests are nobody's.
    gauge("weight_ratio", strategy === "blueGreen" ? 0 : (steps[step] ?? 0) / 100),
    gauge("deadline_timestamp_seconds", deadline),
    gauge("evidence", eOf(decision.logE)),
    gauge("evidence_limit", 1 / alpha),
    gauge("good_limit", 1 / beta),
    counter("looks", looks.length),
    // All reasons from the beginning: a counter that turns up with its first event shows no increase.
    ...Object.entries({ ...missed, blind }).map(([reason, count]) => counter("looks_without_evidence", count, { reason })),
    ...slis.flatMap(({ name, limit }) => sliSamples(name, limit, looks, decision)),
  ];
  return samples.map((sample) => ({ ...sample, labels: { ...labelsOf(of), ...sample.labels } }));
}

function sliSamples(sli: string, limit: number, looks: readonly Look[], { terms, good, against }: Decision): readonly Sample[] {
  const counts = Object.entries(totals(looks, sli)).flatMap(([side, { total, bad }]) => [
    counter("requests", total, { sli, side }),
    counter("bad_requests", bad, { sli, side }),
  ]);
  return [
    gauge("sli_limit_ratio", limit, { sli }),
    gauge("sli_evidence", eOf(terms[`${sli}/limit`]), { sli, against: "limit" }),
    gauge("sli_evidence", eOf(terms[`${sli}/comparison`]), { sli, against: "stable" }),
    gauge("sli_good", eOf(good[sli]), { sli, against: against[sli] ?? "limit" }),
    ...counts,
  ];
}

/**
 * One sample a verdict, so that samples can be counted as verdicts.
 * @param at when it was given, seconds since the epoch
 */
export function verdictSamples(of: Rollout, { verdict, decidedBy }: Ended, at: number): readonly Sample[] {
  const by = decidedBy ?? (verdict === "promoted" ? "evidence" : "no evidence");
  return [gauge("verdict_timestamp_seconds", at, { ...labelsOf(of), verdict, by })];
}

/** These and no others: what is given may carry more, a kubeconfig too. */
function labelsOf({ namespace, service, revision }: Rollout): Sample["labels"] {
  return { namespace, service, revision };
}

/** e from its logarithm, held within what a number can be. Nothing seen yet: 1. */
function eOf(log = 0): number {
  return Math.min(Math.exp(log), Number.MAX_VALUE);
}
