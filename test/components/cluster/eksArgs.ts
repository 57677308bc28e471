import type * as pulumi from "@pulumi/pulumi";
import { EksCluster, type EksClusterArgs, type ManagedNodes } from "../../../components/cluster/eks/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };
import { recordResources } from "../../support/mocks.ts";

export const managed: ManagedNodes = {
  mode: "managed",
  architecture: "arm64",
  instanceTypes: ["m7g.large", "m6g.large"],
  minimum: 3,
  maximum: 9,
  spotShare: 0,
  diskGibibytes: 50,
};

export const args: EksClusterArgs = {
  account: "111122223333",
  region: "eu-central-1",
  clusterName: "staging",
  version: versions.eks,
  addons: versions.addons["1.36"],
  charts: versions.charts,
  vpcId: "vpc-1",
  subnets: ["a", "b", "c"].map((zone) => ({ zone: `eu-central-1${zone}`, id: `subnet-${zone}` })),
  endpointCidrs: [],
  admins: ["arn:aws:iam::111122223333:role/deploy"],
  nodes: managed,
  replicas: 2,
  logDays: 14,
  keepsData: false,
  tags: { project: "shop", environment: "staging", owner: "platform" },
  domain: "apps.example.org",
  prometheus: { service: "observability/prometheus-operated:9090" },
};

/** What AWS would add. */
function outputsOf({ type, name }: pulumi.runtime.MockResourceArgs): pulumi.Inputs {
  const arn = `arn:aws:${type}/${name}`;
  if (type !== "aws:eks/cluster:Cluster") return { arn, latestVersion: 7 };
  return { arn, endpoint: "https://staging.eks.example", certificateAuthority: { data: "Q0E=" } };
}

/** The resources of a cluster, and the cluster. */
export async function recorded(changed: Partial<EksClusterArgs> = {}) {
  const clusters: EksCluster[] = [];
  const recording = await recordResources(() => clusters.push(new EksCluster("main", { ...args, ...changed })), { outputsOf });
  const [cluster] = clusters;
  if (cluster === undefined) throw new Error("no cluster was made");
  return { ...recording, cluster, ofType: (type: string) => recording.all.filter((resource) => resource.type === type) };
}
