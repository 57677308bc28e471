import type * as pulumi from "@pulumi/pulumi";
import type { ChartSource, HelmValues } from "../../helm.ts";
import type { Cluster } from "../index.ts";

export interface EksClusterArgs {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** The cluster's name in the account. Another name is another cluster. */
  readonly clusterName: string;
  /** "1.36". EKS goes up one version at a time, and never back. */
  readonly version: string;
  /** AWS' own parts of the cluster, each in a version for that of the cluster. */
  readonly addons: AddonVersions;
  readonly charts: Readonly<Record<ClusterChart, ChartSource>>;
  readonly vpcId: pulumi.Input<string>;
  /** Private ones, in two or more zones. */
  readonly subnets: readonly { readonly zone: string; readonly id: pulumi.Input<string> }[];
  /** From where on the internet the cluster's API may be reached. None: only from within the network. Not the whole world. */
  readonly endpointCidrs: readonly string[];
  /** ARNs of the IAM roles and users that may do everything. Nobody else can get in, so whoever runs Pulumi must be among them. */
  readonly admins: readonly string[];
  /** ARNs of the IAM roles and users that may look at everything but secrets. @default none */
  readonly viewers?: readonly string[] | undefined;
  readonly nodes: NodesArgs;
  /** Copies of each controller. */
  readonly replicas: number;
  /** Who asked the API for what, as CloudWatch keeps it, at least so long. */
  readonly logDays: number;
  /** Whether the cluster is protected from deletion, by Pulumi and by AWS, and volumes stay when what claimed them goes. */
  readonly keepsData: boolean;
  /** On what AWS makes for the cluster, and Pulumi's provider therefore does not tag: machines, volumes, load balancers. */
  readonly tags: Readonly<Record<string, string>>;
  /** Services are reached at names below it. */
  readonly domain: string;
  readonly prometheus: Cluster["prometheus"];
  /** Laid over our values, by chart. */
  readonly values?: Readonly<Partial<Record<ClusterChart, HelmValues>>> | undefined;
}

export type ClusterChart = "aws-load-balancer-controller" | "cluster-autoscaler" | "metrics-server";

export type Addon = "vpc-cni" | "kube-proxy" | "coredns" | "eks-pod-identity-agent" | "aws-ebs-csi-driver";

/** Exact versions, such as "v1.3.10-eksbuild.3". */
export type AddonVersions = Readonly<Record<Addon, string>>;

export type NodesArgs = ManagedNodes | AutoNodes;

/** Groups of machines that the cluster autoscaler makes larger and smaller. */
export interface ManagedNodes {
  readonly mode: "managed";
  readonly architecture: "arm64" | "amd64";
  /** Machines of one size, of the architecture, the best one first. More types find room on spot more often. */
  readonly instanceTypes: readonly string[];
  /** Fewest and most nodes, over all zones. */
  readonly minimum: number;
  readonly maximum: number;
  /** How many of them may be spot machines, which AWS takes back at two minutes' notice: a share from 0 to 0.9. */
  readonly spotShare: number;
  readonly diskGibibytes: number;
}

/** EKS Auto Mode: AWS chooses, patches and replaces the machines, for about 12 % more. Its own node pools have amd64 machines. */
export interface AutoNodes {
  readonly mode: "auto";
}
