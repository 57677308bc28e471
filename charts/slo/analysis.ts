// Argo Rollouts' analysis from the gate's statement: what guards a rollout inside the cluster, where nobody runs `pulumi up` any more.
import {
  ANALYSIS_TEMPLATE,
  type AnalysisMetric,
  type AnalysisTemplateSpec,
  type BackgroundAnalysis,
  type RolloutAnalysis,
} from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import { objectLabels, serviceName } from "../service/names.ts";
import { failingLine, type Line, passingLine } from "./analysis/bounds.ts";
import { type AnalysisSli, countsQuery, type Subject } from "./analysis/query.ts";

export type { AnalysisSli } from "./analysis/query.ts";

/** What the gate is told of a service (GateInputs), and where the controller finds Prometheus. */
export interface AnalysisProps {
  readonly service: string;
  readonly namespace: string;
  /** As the controller's pod reaches it: "http://prometheus.monitoring:9090". @default the controller's own ARGO_ROLLOUTS_PROMETHEUS_ADDRESS */
  readonly prometheusUrl?: string;
  readonly slis: readonly AnalysisSli[];
  /** Chance that the gate rolls a healthy rollout back. */
  readonly alpha: number;
  /** Chance that the gate takes one step at its limit for good. */
  readonly beta: number;
  /** Longest time the gate takes for one step, in seconds. */
  readonly deadlineSeconds: number;
}

/** How much surer than the gate's alpha each failing window is. */
const SURER = 1000;

/** Failing windows that are forgiven. */
const FORGIVEN = 1;

/** The largest limit there is: what is not known ends no run, however long it is not known. */
const NO_LIMIT = 2 ** 31 - 1;

/** First pause of a Rollout whose first step is a weight: its pods are ready and its share of the traffic is set. */
const FIRST_PAUSE = 1;

/** Windows after a switch, of which two must fail: as long as the gate may take for one and a half steps. */
const PROMOTION_WINDOWS = 3;

/**
 * The safety net behind the gate: an AnalysisTemplate, named like the service, for the whole of a canary rollout (backgroundAnalysis). Two windows
 * that prove a revision bad abort the rollout. It never lets one on: the pauses are the gate's to end.
 *
 * A window is half the gate's deadline for a step, and measurements are a window apart, so that windows share no request. The first lies
 * between the first pause and half a deadline after it: requests flow, and none of an earlier canary's is in it. So the earliest abort
 * is a full deadline after the first pause, when a gate at work has given its verdict of that step.
 *
 * How often is a healthy revision aborted? A window fails when its counts are 1000/alpha times as likely at twice the limit as at the limit
 * (bounds.ts): with a limit of 2 % and alpha 0.01, at 16.1 bad requests + 2.89 % of all. That is 1.44 times the limit for a busy service, 17 requests
 * for a revision that fails all, and nothing below 17. At the limit itself a window gets there with a chance of at most alpha/1000. An abort needs two
 * of its m windows: at most m(m-1)/2 (alpha/1000)^2 for each SLI, 2 in 10,000 for a canary that stands at its limit for a week (m = 2016
 * at a deadline of 10 min), a fiftieth of alpha. The share that is to be seen is twice the limit because less would ask for more requests than
 * a small canary gets in a window, and leave the verdict to counts that a burst can reach: a second of refused connections,
 * as a change of weights can bring, is a small part of a window, and never of two. `increase` extrapolates at the ends of a window, by a scrape
 * interval at the most: scrapes should be ten times as frequent as windows.
 *
 * While stable is over its own limit a window counts only if the canary is twice as bad as its tolerance beside stable allows: see query.ts.
 * Too few requests, no series, NaN and a missing bucket are neither success nor failure. Inconclusive measurements would pause the rollout,
 * and the gate ends pauses, and errors in a row would abort it: neither has a limit, since they tell of Prometheus and not of the revision.
 */
export function analysisTemplate(props: AnalysisProps): Manifest {
  const { service, namespace } = props;
  const subject = { namespace, service: serviceName(service, "canary"), stable: serviceName(service, "stable") };
  return template(service, subject, props, { inconclusiveLimit: NO_LIMIT });
}

/** `spec.strategy.canary.analysis` of a Rollout whose first step is a weight. The template has to be there before the Rollout. */
export function backgroundAnalysis(service: string): BackgroundAnalysis {
  return { templates: [{ templateName: service }], startingStep: FIRST_PAUSE };
}

/**
 * The safety net behind a blue-green switch, named like the service: for `postPromotionAnalysis` (promotionAnalysis). The same windows and the same
 * failures as in analysisTemplate, counted where all requests go now, judged against the limit alone, and an end: a revision that three windows
 * have not proven bad is stable. It was judged before the switch, so nothing has to be proven good once more, and a service with few requests
 * does not wait for a person. Until the end the old revision keeps all its pods; two failing windows switch back to it.
 * Windows in which Prometheus does not answer are not among the three.
 */
export function promotionTemplate(props: AnalysisProps): Manifest {
  const { service, namespace } = props;
  const subject = { namespace, service: serviceName(service, "stable") };
  // No limit above the count, which Argo Rollouts refuses; all of them may be inconclusive.
  return template(service, subject, props, { count: PROMOTION_WINDOWS, inconclusiveLimit: PROMOTION_WINDOWS });
}

/** `postPromotionAnalysis` of a blue-green Rollout. The template has to be there before the Rollout. */
export function promotionAnalysis(service: string): RolloutAnalysis {
  return { templates: [{ templateName: service }] };
}

/** What ends a metric beside its failures. */
type Ends = Pick<AnalysisMetric, "count" | "inconclusiveLimit">;

function template(name: string, subject: Subject, props: AnalysisProps, ends: Ends): Manifest {
  const { prometheusUrl, alpha, beta, deadlineSeconds } = props;
  const seconds = Math.ceil(deadlineSeconds / (FORGIVEN + 1));
  const metric = (sli: AnalysisSli): AnalysisMetric => ({
    name: sli.name,
    initialDelay: `${seconds}s`,
    interval: `${seconds}s`,
    failureCondition: onLine(">=", failingLine(sli.limit, alpha / SURER)),
    successCondition: onLine("<=", passingLine(sli.limit, beta)),
    failureLimit: FORGIVEN,
    consecutiveErrorLimit: NO_LIMIT,
    ...ends,
    provider: { prometheus: { ...(prometheusUrl !== undefined && { address: prometheusUrl }), query: countsQuery(subject, sli, seconds) } },
  });
  const spec: AnalysisTemplateSpec = { metrics: props.slis.map(metric) };
  const labels = objectLabels({ name: props.service });
  return { ...ANALYSIS_TEMPLATE, metadata: { name, namespace: props.namespace, labels }, spec };
}

/** `result` is [bad, all] where both were counted. */
function onLine(side: "<=" | ">=", { slope, offset }: Line): string {
  const counted = "len(result) == 2 && !isNaN(result[0]) && !isNaN(result[1])";
  return `${counted} && result[0] ${side} ${slope} * result[1] ${offset < 0 ? "-" : "+"} ${Math.abs(offset)}`;
}
