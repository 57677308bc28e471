// One typed SLO, and what follows from it.
export { analysisTemplate, backgroundAnalysis, promotionAnalysis, promotionTemplate } from "./analysis.ts";
export { ISTIO_BUCKETS_MS } from "./buckets.ts";
export type { SloProblem } from "./checks/problem.ts";
export { type CounterOptions, type CounterPair, countersOf } from "./counters.ts";
export { type ServiceObjective, sloOfService } from "./ofService.ts";
export type { OpenSloProblem } from "./openslo/problems.ts";
export { readOpenSlo } from "./openslo/read.ts";
export { calmRelease, presets } from "./presets.ts";
export { promqlProblem } from "./promql.ts";
export { prometheusRule, sloRules } from "./rules/index.ts";
export type * from "./slo.ts";
export { sloProblems } from "./validate.ts";
