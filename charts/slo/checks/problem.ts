import { show } from "../../written.ts";

/** One thing that is wrong with a set of SLOs. */
export interface SloProblem {
  /** "slos[0].sli.thresholdMs" */
  readonly path: string;
  readonly value: unknown;
  /** The value, the rule that it breaks, and what to do. */
  readonly reason: string;
}

export type Problems = Iterable<SloProblem>;

/** @param rule as it stands behind the value: "is not a number above 0; write for example 300" */
export function problem(path: string, value: unknown, rule: string): SloProblem {
  return { path, value, reason: `${show(value)} ${rule}` };
}
