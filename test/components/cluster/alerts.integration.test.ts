import { clusterAlerts } from "../../../components/cluster/eks/alerts.ts";
import { type AlertCase, testAlerts } from "../../support/promtoolRules.ts";

const namespace = "kube-system";
const deployments = {
  MetricsServerDown: "metrics-server",
  ClusterAutoscalerDown: "cluster-autoscaler",
  LoadBalancerControllerDown: "aws-load-balancer-controller",
};
const downCases = Object.entries(deployments).flatMap(([alert, deployment]): readonly AlertCase[] => {
  const series = `kube_deployment_status_replicas_available{namespace="kube-system",deployment="${deployment}"}`;
  return [
    { alert, when: "when no pod is available", series: { [series]: "0x20" }, atMinutes: 10, firing: [{ namespace, deployment }] },
    { alert, when: "while one pod of two is there", series: { [series]: "1x20" }, atMinutes: 10, firing: [] },
  ];
});

const pod = (name: string) => `kube_pod_status_unschedulable{namespace="apps",pod="${name}"}`;

testAlerts("cluster", clusterAlerts("managed", namespace), [
  ...downCases,
  {
    alert: "PodsFindNoNode",
    when: "when pods wait for a node, also if each gives its place to another",
    series: { [pod("a")]: "1x12 _x20", [pod("b")]: "_x12 1x20" },
    atMinutes: 20,
    firing: [{ namespace: "apps" }],
  },
  {
    alert: "PodsFindNoNode",
    when: "while a node is on its way",
    series: { [pod("a")]: "1x5 _x20" },
    atMinutes: 20,
    firing: [],
  },
]);
