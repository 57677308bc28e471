import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createKey, createLogGroup, createRole, type GrantedRole, onBehalfOf, serviceTrust } from "../../aws/index.ts";
import type { EksClusterArgs } from "./args.ts";

/** Everything the control plane can say; "audit" is who did what. */
const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** What a control plane does itself in Auto Mode, beside what it always does. */
const AUTO_RIGHTS = ["AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy"];

export function createControlPlane(name: string, args: EksClusterArgs, nodeRole: GrantedRole, parent: pulumi.Resource): aws.eks.Cluster {
  const { clusterName, version, account, keepsData } = args;
  const auto = args.nodes.mode === "auto";
  const role = createControlPlaneRole(name, account, auto, parent);
  const key = createKey(
    `${name}-secrets`,
    { description: `Secrets in the cluster ${clusterName}`, account },
    { parent, protect: keepsData },
  );
  const logs = createControlPlaneLogs(name, args, parent);
  return new aws.eks.Cluster(
    name,
    {
      name: clusterName,
      version,
      roleArn: role.arn,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      // Ours are pinned: addons.ts.
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: LOGS,
      encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
      vpcConfig: { subnetIds: args.subnets.map(({ id }) => id), ...endpoint(args.endpointCidrs) },
      // An old version goes up by itself rather than into extended support, which costs six times as much.
      upgradePolicy: { supportType: "STANDARD" },
      deletionProtection: keepsData,
      ...(auto && autoMode(nodeRole)),
    },
    // AWS makes a log group of its own, not encrypted and never emptied, where it finds none.
    { parent, protect: keepsData, dependsOn: [logs, ...role.grants, ...nodeRole.grants] },
  );
}

function createControlPlaneRole(name: string, account: string, auto: boolean, parent: pulumi.Resource): GrantedRole {
  return createRole(
    `${name}-control-plane`,
    {
      description: `Control plane of ${name}`,
      trust: serviceTrust("eks.amazonaws.com", onBehalfOf(account), ["sts:AssumeRole", "sts:TagSession"]),
      managed: ["AmazonEKSClusterPolicy", ...(auto ? AUTO_RIGHTS : [])],
    },
    { parent },
  );
}

function createControlPlaneLogs(
  name: string,
  { clusterName, account, region, logDays }: EksClusterArgs,
  parent: pulumi.Resource,
): aws.cloudwatch.LogGroup {
  // The name is AWS' choice.
  const logGroup = `/aws/eks/${clusterName}/cluster`;
  return createLogGroup(`${name}-logs`, { logGroup, account, region, retentionDays: logDays }, { parent });
}

/** From within the network always, from the internet only from stated addresses. */
function endpoint(cidrs: readonly string[]) {
  const inside = { endpointPrivateAccess: true, endpointPublicAccess: cidrs.length > 0 };
  return cidrs.length > 0 ? { ...inside, publicAccessCidrs: [...cidrs] } : inside;
}

/** EKS takes all three or none. */
function autoMode(nodeRole: GrantedRole) {
  return {
    computeConfig: { enabled: true, nodePools: ["general-purpose", "system"], nodeRoleArn: nodeRole.arn },
    kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
    storageConfig: { blockStorage: { enabled: true } },
  };
}
