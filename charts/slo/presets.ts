import type { AnalysisProps } from "./analysis.ts";
import type { MetricSource, Slo } from "./slo.ts";

/** Objectives that teams ask for again and again. Each is plain data: spread it to change what differs. */
export const presets = {
  /** 99.9 % of requests without a 5xx, over 30 days. */
  threeNines: (service: string, from: MetricSource) => availability("availability-99-9", 99.9, 30, service, from),

  /** 99.5 % of requests without a 5xx, over 30 days. */
  twoAndAHalfNines: (service: string, from: MetricSource) => availability("availability-99-5", 99.5, 30, service, from),

  /** Below 0.1 % of requests answered with 5xx, over 24 hours. */
  fewErrorsADay: (service: string, from: MetricSource) => availability("errors-24h", 99.9, 1, service, from),

  /** 95 % of requests within 200 ms, over 7 days. */
  mostWithin200ms: (service: string, from: MetricSource) => latency("latency-200ms", 95, 200, 7, service, from),

  /** The 95th percentile is at most 300 ms: 95 % of requests within 300 ms, over 30 days. */
  p95Within300ms: (service: string, from: MetricSource) => latency("latency-p95", 95, 300, 30, service, from),

  /** The 99th percentile is below 500 ms: 99 % of requests within 500 ms, over 30 days. */
  p99Within500ms: (service: string, from: MetricSource) => latency("latency-p99", 99, 500, 30, service, from),
} as const;

/**
 * A release is bad if more than 2 % of its requests get a 5xx in its first 5 minutes. No promise over weeks, so no Slo: it is what the gate and the
 * analysis in the cluster hold a new version to (spread it into analysisTemplate's properties, or into the gate's inputs). The gate judges from the first
 * request; where no gate is at work, two windows of 150 s that prove it end the release 5 minutes after its first pause. The limit holds for the steps after
 * that as well. In a stack: `limit: 2%` of an SLO, and `rollout: { deadline: 5m }`.
 */
export const calmRelease = {
  slis: [{ name: "release-errors", kind: "availability", limit: 0.02, tolerance: 1 }],
  deadlineSeconds: 300,
} as const satisfies Pick<AnalysisProps, "slis" | "deadlineSeconds">;

function availability(name: string, objective: number, days: number, service: string, from: MetricSource): Slo {
  return { name, service, objective, window: { days }, sli: { type: "availability", from } };
}

function latency(name: string, objective: number, thresholdMs: number, days: number, service: string, from: MetricSource): Slo {
  return { name, service, objective, window: { days }, sli: { type: "latency", from, thresholdMs } };
}
