import { type CounterPair, countersOf } from "../counters.ts";
import type { IstioSource } from "../slo.ts";
import { WORSE } from "./bounds.ts";

/** One SLI and what a new revision is held to in it: the same data as the gate's (GateSli). */
export type AnalysisSli = {
  readonly name: string;
  /** Share of bad requests that is not tolerated, in (0, 1). */
  readonly limit: number;
  /** How many times as bad as stable the canary may be while stable itself is over the limit. */
  readonly tolerance: number;
} & ({ readonly kind: "availability" } | { readonly kind: "latency"; readonly thresholdMs: number });

export interface Subject {
  readonly namespace: string;
  /** Service through which the revision that is judged gets its requests. */
  readonly service: string;
  /** Service of the revision it replaces, where that has requests at the same time. */
  readonly stable?: string;
}

/**
 * The two counts of the last `seconds`, bad before all: [3, 120]. Sorted by value, because that is the only order that Prometheus promises,
 * and bad requests are never more than all. Fewer than two: not counted.
 */
export function countsQuery({ namespace, service, stable }: Subject, sli: AnalysisSli, seconds: number): string {
  const judged = countsOf(sli, { namespace, service }, seconds);
  const lines = ["(", named("bad", judged.bad), `or ${named("all", judged.all)}`, ")"];
  if (stable !== undefined)
    lines.push("unless on () (", asBadAsStable(judged, countsOf(sli, { namespace, service: stable }, seconds), sli), ")");
  return `sort(${lines.join("\n")})`;
}

/**
 * Stable is over its limit itself, and the canary is not WORSE times as bad as it may be beside it: then the window says nothing, so that a
 * fix can be rolled out in an incident. Where stable has no requests there is no excuse.
 */
function asBadAsStable(canary: Counts, stable: Counts, { limit, tolerance }: AnalysisSli): string {
  return [
    `${stable.bad} > ${limit} * ${stable.all}`,
    `and ${canary.bad} * ${stable.all}`,
    `< ${WORSE * tolerance} * ${stable.bad} * ${canary.all}`,
  ].join("\n");
}

interface Counts {
  readonly bad: string;
  readonly all: string;
}

/** What one Service's callers counted: their proxies see refused connections and time-outs too. */
function countsOf(sli: AnalysisSli, { namespace, service }: Subject, seconds: number): Counts {
  const from: IstioSource = { kind: "istio", namespace, services: [service], reporter: "source" };
  const counters: CounterPair =
    sli.kind === "latency"
      ? countersOf({ type: "latency", from, thresholdMs: sli.thresholdMs })
      : countersOf({ type: "availability", from });
  return { bad: counters.bad(`${seconds}s`, []), all: counters.total(`${seconds}s`, []) };
}

function named(count: string, vector: string): string {
  return `label_replace(${vector}, "count", "${count}", "", "")`;
}
