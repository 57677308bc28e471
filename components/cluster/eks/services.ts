import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { EksClusterArgs } from "./args.ts";
import { type ControllerOptions, createAutoscaler, createLoadBalancerController, createMetricsServer, NAMESPACE } from "./controllers.ts";
import { createStorageClass } from "./storage.ts";

/** What a cluster must have before anything can live on it. */
export function createServices(name: string, args: EksClusterArgs, options: ControllerOptions): readonly pulumi.Resource[] {
  const { parent, provider } = options;
  const everywhere = [createStorageClass(name, args, { parent, provider }), createMetricsServer(name, args, options)];
  if (args.nodes.mode === "auto") return [...everywhere, enableNetworkPolicies(name, { parent, provider })];
  return [...everywhere, createLoadBalancerController(name, args, options), createAutoscaler(name, args, options)];
}

/** Auto Mode's switch for NetworkPolicies: https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html */
function enableNetworkPolicies(name: string, options: pulumi.CustomResourceOptions): k8s.core.v1.ConfigMap {
  const metadata = { name: "amazon-vpc-cni", namespace: NAMESPACE };
  return new k8s.core.v1.ConfigMap(`${name}-network-policies`, { metadata, data: { "enable-network-policy-controller": "true" } }, options);
}
