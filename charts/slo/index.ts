// One typed SLO, and what follows from it.
export type { SloProblem } from "./checks/problem.ts";
export { type CounterOptions, type CounterPair, countersOf } from "./counters.ts";
export type { OpenSloProblem } from "./openslo/problems.ts";
export { readOpenSlo } from "./openslo/read.ts";
export { presets } from "./presets.ts";
export { promqlProblem } from "./promql.ts";
export type * from "./slo.ts";
export { sloProblems } from "./validate.ts";
