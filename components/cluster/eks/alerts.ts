import { type Alert, down } from "../../../charts/alerts/index.ts";
import type { NodesArgs } from "./args.ts";

/** What must be told of the parts of a cluster that are ours to keep. The control plane is AWS'. */
export function clusterAlerts(mode: NodesArgs["mode"], namespace: string): readonly Alert[] {
  return mode === "auto" ? everywhere(namespace) : [...everywhere(namespace), ...controllers(namespace)];
}

function everywhere(namespace: string): readonly Alert[] {
  return [
    {
      name: "PodsFindNoNode",
      severity: "page",
      forMinutes: 15,
      expr: "sum by (namespace) (kube_pod_status_unschedulable) > 0",
      summary: "{{ $value }} pods of {{ $labels.namespace }} have found no node for 15 minutes",
      description:
        "The cluster is at its largest, or no machine fits what the pods ask for. Begin with: kubectl -n {{ $labels.namespace }} describe pod, then raise cluster.nodes.max of the stack.",
    },
    down({
      name: "MetricsServerDown",
      severity: "ticket",
      namespace,
      deployment: "metrics-server",
      meaning: "Nothing is scaled: services stay at the replicas they have.",
    }),
  ];
}

function controllers(namespace: string): readonly Alert[] {
  return [
    down({
      name: "ClusterAutoscalerDown",
      severity: "ticket",
      namespace,
      deployment: "cluster-autoscaler",
      meaning: "Pods that need another node wait for it, and nodes that nobody needs cost on.",
    }),
    down({
      name: "LoadBalancerControllerDown",
      severity: "page",
      namespace,
      deployment: "aws-load-balancer-controller",
      meaning: "Load balancers go on sending to the pods they know; pods that are replaced since then are not among them.",
    }),
  ];
}
