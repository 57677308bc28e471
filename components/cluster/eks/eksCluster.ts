import type * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Alert } from "../../../charts/alerts/index.ts";
import type { Exposure } from "../../exposure.ts";
import type { Part } from "../../part.ts";
import { hostsBelow } from "../hosts.ts";
import type { Cluster, Offers } from "../index.ts";
import { createAccess } from "./access.ts";
import { createClusterAddons, createNodeAddons } from "./addons.ts";
import { clusterAlerts } from "./alerts.ts";
import type { EksClusterArgs, NodesArgs } from "./args.ts";
import { assertArgs } from "./check.ts";
import { NAMESPACE } from "./controllers.ts";
import { createControlPlane } from "./controlPlane.ts";
import { eksKubeconfig } from "./kubeconfig.ts";
import { createNodeGroups, createNodeRole } from "./nodes.ts";
import { createServices } from "./services.ts";
import { STORAGE_CLASS } from "./storage.ts";

/**
 * A cluster on AWS. Its API is reached from within the network, or from stated addresses, by stated principals; its secrets are encrypted by a key
 * of its own and all it does is on record. Nodes lend their pods no rights: each service account has its own, or none.
 */
export class EksCluster extends pulumi.ComponentResource implements Cluster, Part {
  readonly name: string;
  readonly provider: k8s.Provider;
  readonly kubeconfig: pulumi.Output<string>;
  readonly prometheus: Cluster["prometheus"];
  readonly offers: Offers;
  readonly ready: readonly pulumi.Resource[];
  readonly hostOf: Cluster["hostOf"];
  readonly urlOf: Cluster["urlOf"];
  readonly alerts: readonly Alert[];
  readonly boards = ["platform"] as const;
  /** AWS' own, for whoever must give a service account rights (createPodIdentity). */
  readonly cluster: aws.eks.Cluster;

  constructor(name: string, args: EksClusterArgs, options?: pulumi.ComponentResourceOptions) {
    assertArgs(name, args);
    super("sluice:cluster:EksCluster", name, {}, options);
    const nodeRole = createNodeRole(name, args.nodes, this);
    this.cluster = createControlPlane(name, args, nodeRole, this);
    const access = createAccess(name, this.cluster, args, this);
    const runs = createMachines(name, this.cluster, args, nodeRole, this);

    this.kubeconfig = pulumi.secret(kubeconfigOf(this.cluster, args));
    this.provider = createProvider(name, this.cluster, this.kubeconfig, [...access, ...runs], this);
    this.ready = createServices(name, args, { parent: this, provider: this.provider, dependsOn: [this.cluster, ...runs] });

    this.name = args.clusterName;
    this.prometheus = args.prometheus;
    this.offers = { loadBalancer: loadBalancerOf(args.nodes), storageClass: STORAGE_CLASS, metricsServer: true, workloadIdentity: true };
    const hosts = hostsBelow({ domain: args.domain, scheme: "https" });
    this.hostOf = hosts.hostOf;
    this.urlOf = hosts.urlOf;
    this.alerts = clusterAlerts(args.nodes.mode, NAMESPACE);
    this.registerOutputs({ name: this.name, kubeconfig: this.kubeconfig });
  }
}

/** Nodes and what makes them a network. In Auto Mode EKS makes all of it when there are pods. */
function createMachines(
  name: string,
  cluster: aws.eks.Cluster,
  args: EksClusterArgs,
  role: ReturnType<typeof createNodeRole>,
  parent: pulumi.Resource,
): readonly pulumi.Resource[] {
  const { nodes } = args;
  if (nodes.mode === "auto") return [];
  const before = createNodeAddons(name, cluster, args, parent);
  const groups = createNodeGroups(name, cluster, nodes, { ...args, role, before }, parent);
  return [...groups, ...createClusterAddons(name, cluster, args, groups, parent)];
}

function kubeconfigOf(cluster: aws.eks.Cluster, { clusterName, region }: EksClusterArgs): pulumi.Output<string> {
  return pulumi
    .all([cluster.arn, cluster.endpoint, cluster.certificateAuthority.data])
    .apply(([arn, endpoint, authority]) => eksKubeconfig({ name: clusterName, region, arn, endpoint, authority }));
}

/**
 * Everything goes through this one provider, which knows this one cluster: the kubeconfig is made of what AWS says of it, and the machine's own
 * kubeconfig, with its current context, is not read.
 */
function createProvider(
  name: string,
  cluster: aws.eks.Cluster,
  kubeconfig: pulumi.Output<string>,
  dependsOn: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): k8s.Provider {
  return new k8s.Provider(name, { kubeconfig, clusterIdentifier: cluster.arn }, { parent, dependsOn: [...dependsOn] });
}

/** A load balancer for the world, which sends to pods without a detour over nodes. Either controller reads the same annotations. */
function loadBalancerOf({ mode }: NodesArgs): Exposure {
  return {
    type: "LoadBalancer",
    className: mode === "auto" ? "eks.amazonaws.com/nlb" : "service.k8s.aws/nlb",
    annotations: {
      "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
      "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
    },
  };
}
