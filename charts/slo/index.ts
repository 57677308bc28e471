export { type CounterOptions, type CounterPair, countersOf } from "./counters.ts";
export { promqlProblem } from "./promql.ts";
export type * from "./slo.ts";
export { type SloProblem, sloProblems } from "./validate.ts";
