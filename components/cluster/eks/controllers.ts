import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Policy } from "../../aws/index.ts";
import { type HelmValues, helmRelease } from "../../helm.ts";
import type { ClusterChart, EksClusterArgs } from "./args.ts";
import { createPodIdentity } from "./podIdentity.ts";
import { autoscalerRights, loadBalancerRights } from "./rights.ts";
import { autoscalerValues, loadBalancerValues, metricsServerValues } from "./values.ts";

export const NAMESPACE = "kube-system";

export interface ControllerOptions {
  readonly parent: pulumi.Resource;
  /** Of this cluster. */
  readonly provider: k8s.Provider;
  readonly dependsOn: readonly pulumi.Resource[];
}

/** Makes network load balancers for Services. In Auto Mode EKS does that itself. */
export function createLoadBalancerController(name: string, args: EksClusterArgs, options: ControllerOptions): k8s.helm.v3.Release {
  return createController(name, "aws-load-balancer-controller", args, loadBalancerValues(args), loadBalancerRights(args), options);
}

/** Makes the groups of nodes as large as the pods need. In Auto Mode EKS does that itself. */
export function createAutoscaler(name: string, args: EksClusterArgs, options: ControllerOptions): k8s.helm.v3.Release {
  return createController(name, "cluster-autoscaler", args, autoscalerValues(args), autoscalerRights(args), options);
}

/** Measures CPU and memory of pods, without which nothing is scaled. */
export function createMetricsServer(name: string, args: EksClusterArgs, options: ControllerOptions): k8s.helm.v3.Release {
  return install(name, "metrics-server", args, metricsServerValues(args), options);
}

function createController(
  name: string,
  chart: ClusterChart,
  args: EksClusterArgs,
  values: HelmValues,
  rights: Policy,
  options: ControllerOptions,
): k8s.helm.v3.Release {
  const { account, clusterName } = args;
  const pods = { account, clusterName, namespace: NAMESPACE, serviceAccount: chart };
  const { parent, dependsOn } = options;
  const identity = createPodIdentity(
    `${name}-${chart}`,
    { ...pods, description: `${chart} of ${clusterName}`, rights },
    { parent, dependsOn },
  );
  // A pod that starts before its rights are there never gets them.
  return install(name, chart, args, values, { ...options, dependsOn: [...dependsOn, identity] });
}

function install(
  name: string,
  chart: ClusterChart,
  { charts, values }: EksClusterArgs,
  ours: HelmValues,
  { parent, provider, dependsOn }: ControllerOptions,
): k8s.helm.v3.Release {
  const release = { source: charts[chart], namespace: NAMESPACE, values: { fullnameOverride: chart, ...ours }, overrides: values?.[chart] };
  return helmRelease(`${name}-${chart}`, release, { parent, provider, dependsOn: [...dependsOn] });
}
