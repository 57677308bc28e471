import { ApiObject, type Chart } from "cdk8s";
import { type BlueGreenStrategy, type CanaryStep, type CanaryStrategy, ROLLOUT, type RolloutSpec } from "../crds/index.ts";
import { CANARY_PODS, ROUTE, selectorLabels, serviceName } from "./names.ts";
import { podTemplate } from "./pod.ts";
import type { BlueGreen, Canary, ServiceProps } from "./props.ts";

/** Old ReplicaSets that are kept. Going back needs only the last stable one; two more are for people who look what changed. */
const REVISIONS_KEPT = 3;

/** How long the pods of a canary's losing side live on: requests in flight end, and proxies have heard of the change. */
const SCALE_DOWN_DELAY_SECONDS = 30;

/** The Rollout: Argo Rollouts' Deployment, whose updates wait, at each weight or before the switch, until the gate lets them go on. */
export function rollout(chart: Chart, props: ServiceProps): void {
  new ApiObject(chart, "rollout", { ...ROLLOUT, metadata: { name: props.name }, spec: rolloutSpec(props) });
}

// `rollbackWindow` is left out on purpose: it would let an older revision in without its steps, so without evidence.
function rolloutSpec(props: ServiceProps): RolloutSpec {
  const judged = props.canary ?? props.blueGreen;
  return {
    ...(props.autoscaling === undefined && { replicas: props.replicas }),
    selector: { matchLabels: selectorLabels(props) },
    template: podTemplate(props),
    revisionHistoryLimit: REVISIONS_KEPT,
    // Argo only reports this one (Degraded); the gate, whose deadline is the same, acts on it and says why.
    ...(judged && { progressDeadlineSeconds: judged.deadlineSeconds }),
    strategy: props.blueGreen ? { blueGreen: blueGreen(props, props.blueGreen) } : { canary: canary(props, props.canary) },
  };
}

function canary(props: ServiceProps, judged: Canary | undefined): CanaryStrategy {
  return {
    stableService: serviceName(props.name, "stable"),
    canaryService: serviceName(props.name, "canary"),
    trafficRouting: { istio: { virtualService: { name: props.name, routes: [ROUTE] } } },
    // Without steps Argo Rollouts moves all traffic at once, when all the new pods are there.
    ...(judged && { steps: judged.steps.flatMap(weightThenPause) }),
    ...(judged?.analysis && { analysis: judged.analysis }),
    // Stable keeps all its pods until the end, so an abort has somewhere to put the traffic at once. The price is up to twice the pods.
    dynamicStableScale: false,
    abortScaleDownDelaySeconds: SCALE_DOWN_DELAY_SECONDS,
    scaleDownDelaySeconds: SCALE_DOWN_DELAY_SECONDS,
  };
}

/** A pause without a duration: only the gate ends it. */
function weightThenPause(setWeight: number): readonly CanaryStep[] {
  return [{ setWeight }, { pause: {} }];
}

/**
 * How long the pods of the losing side of a blue-green Rollout live on. As short as can be: a revision that is applied again while its pods are
 * waiting for their end is let in by Argo Rollouts at once, without its pause, so without evidence. The pods drain before they end, and
 * those of the old revision have had no requests since long: they stay until the analysis after the switch has ended.
 */
const LOSING_SIDE_SECONDS = 1;

// `previewReplicaCount` is left out on purpose: the new revision has all its pods before it is judged, so that what is judged is what is
// switched to. And so is `prePromotionAnalysis`: it would have to end before the gate may switch, while nobody's requests need a net yet.
function blueGreen(props: ServiceProps, { analysis }: BlueGreen): BlueGreenStrategy {
  return {
    activeService: serviceName(props.name, "stable"),
    previewService: serviceName(props.name, "canary"),
    autoPromotionEnabled: false,
    previewMetadata: { labels: CANARY_PODS },
    ...(analysis && { postPromotionAnalysis: analysis }),
    abortScaleDownDelaySeconds: LOSING_SIDE_SECONDS,
    scaleDownDelaySeconds: LOSING_SIDE_SECONDS,
  };
}
