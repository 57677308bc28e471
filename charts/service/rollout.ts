import { ApiObject, type Chart } from "cdk8s";
import { type CanaryStep, ROLLOUT, type RolloutSpec } from "../crds/index.ts";
import { ROUTE, selectorLabels, serviceName } from "./names.ts";
import { podTemplate } from "./pod.ts";
import type { ServiceProps } from "./props.ts";

/** Old ReplicaSets that are kept. Going back needs only the last stable one; two more are for people who look what changed. */
const REVISIONS_KEPT = 3;

/** How long the pods of the losing side live on: requests in flight end, and proxies have heard of the change. */
const SCALE_DOWN_DELAY_SECONDS = 30;

/** The Rollout: Argo Rollouts' Deployment, whose updates wait at each weight until the gate lets them go on. */
export function rollout(chart: Chart, props: ServiceProps): void {
  new ApiObject(chart, "rollout", { ...ROLLOUT, metadata: { name: props.name }, spec: rolloutSpec(props) });
}

// `rollbackWindow` is left out on purpose: it would let an older revision in without its steps, so without evidence.
function rolloutSpec(props: ServiceProps): RolloutSpec {
  return {
    ...(props.autoscaling === undefined && { replicas: props.replicas }),
    selector: { matchLabels: selectorLabels(props) },
    template: podTemplate(props),
    revisionHistoryLimit: REVISIONS_KEPT,
    // Argo only reports this one (Degraded); the gate, whose deadline is the same, acts on it and says why.
    ...(props.canary && { progressDeadlineSeconds: props.canary.deadlineSeconds }),
    strategy: {
      canary: {
        stableService: serviceName(props.name, "stable"),
        canaryService: serviceName(props.name, "canary"),
        trafficRouting: { istio: { virtualService: { name: props.name, routes: [ROUTE] } } },
        // Without steps Argo Rollouts moves all traffic at once, when all the new pods are there.
        ...(props.canary && { steps: props.canary.steps.flatMap(weightThenPause) }),
        ...(props.canary?.analysis && { analysis: props.canary.analysis }),
        // Stable keeps all its pods until the end, so an abort has somewhere to put the traffic at once. The price is up to twice the pods.
        dynamicStableScale: false,
        abortScaleDownDelaySeconds: SCALE_DOWN_DELAY_SECONDS,
        scaleDownDelaySeconds: SCALE_DOWN_DELAY_SECONDS,
      },
    },
  };
}

/** A pause without a duration: only the gate ends it. */
function weightThenPause(setWeight: number): readonly CanaryStep[] {
  return [{ setWeight }, { pause: {} }];
}
