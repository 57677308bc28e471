// Argo Rollouts' analysis: https://argo-rollouts.readthedocs.io/en/stable/features/analysis/

export const ANALYSIS_TEMPLATE = { apiVersion: "argoproj.io/v1alpha1", kind: "AnalysisTemplate" } as const;

export interface AnalysisTemplateSpec {
  readonly metrics: readonly AnalysisMetric[];
}

/** A query that is asked again and again. Each answer fails, succeeds, is inconclusive (neither condition holds) or is an error (none came). */
export interface AnalysisMetric {
  readonly name: string;
  /** From the start of the run to the first measurement. */
  readonly initialDelay: string;
  /** Between two measurements; 10 s after an error. */
  readonly interval: string;
  /** Measurements in all, errors left out. Without it they go on until the run is ended. */
  readonly count?: number;
  /** Expressions over `result`, the values of the query's vector: https://expr-lang.org */
  readonly successCondition: string;
  readonly failureCondition: string;
  /** One more than so many, and the metric has failed, been inconclusive, or been in error. */
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly consecutiveErrorLimit: number;
  readonly provider: { readonly prometheus: { readonly address?: string; readonly query: string } };
}

/** What a Rollout says of an analysis: `postPromotionAnalysis` of a blue-green one. */
export interface RolloutAnalysis {
  readonly templates: readonly { readonly templateName: string }[];
}

/** `analysis` of a canary: runs beside the steps, from one of them on. */
export interface BackgroundAnalysis extends RolloutAnalysis {
  readonly startingStep: number;
}
