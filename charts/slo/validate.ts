import type { Slo } from "./slo.ts";

/** One thing that is wrong with a set of SLOs. */
export interface SloProblem {
  /** "slos[0].sli.thresholdMs" */
  readonly path: string;
  readonly value: unknown;
  /** What is wrong with the value, the rule, and what to do. */
  readonly reason: string;
}

/** Everything that is wrong with these SLOs, alone and together. */
export function sloProblems(_slos: readonly Slo[]): readonly SloProblem[] {
  return [];
}
