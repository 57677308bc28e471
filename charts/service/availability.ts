import type { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-28";
import { ROLLOUT } from "../crds/index.ts";
import { selectorLabels } from "./names.ts";
import type { Autoscaling, ServiceProps } from "./props.ts";

// cdk8s-plus' raw kinds: its own classes have no disruption budget and no autoscaler for a Rollout.

/** While nodes are drained, at most one pod is away at a time. */
export function disruptionBudget(chart: Chart, props: ServiceProps): void {
  new k8s.KubePodDisruptionBudget(chart, "disruption-budget", {
    metadata: { name: props.name },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      selector: { matchLabels: { ...selectorLabels(props) } },
      // A canary that never becomes ready must not keep a node from being drained.
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    },
  });
}

/** Scales the Rollout by CPU; Argo Rollouts shares the pods out between the two sides. */
export function autoscaler(chart: Chart, props: ServiceProps, { minReplicas, maxReplicas, cpuPercent }: Autoscaling): void {
  new k8s.KubeHorizontalPodAutoscalerV2(chart, "autoscaler", {
    metadata: { name: props.name },
    spec: {
      scaleTargetRef: { ...ROLLOUT, name: props.name },
      minReplicas,
      maxReplicas,
      metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: cpuPercent } } }],
    },
  });
}
