import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Addon, EksClusterArgs } from "./args.ts";
import { createPodRole } from "./podIdentity.ts";

/** What an add-on's pods may do in AWS: their service account, and AWS' policy for them. */
const IDENTITIES: Readonly<Partial<Record<Addon, { readonly serviceAccount: string; readonly policy: string }>>> = {
  "vpc-cni": { serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" },
  "aws-ebs-csi-driver": { serviceAccount: "ebs-csi-controller-sa", policy: "AmazonEBSCSIDriverPolicyV2" },
};

/** Without the first of these the cluster's NetworkPolicies are objects that nobody reads. */
const CONFIGURATION: Readonly<Partial<Record<Addon, object>>> = { "vpc-cni": { enableNetworkPolicy: "true" } };

/** What runs on every node, and without which a node is never ready. */
const ON_NODES: readonly Addon[] = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"];

/** What runs somewhere, and so needs nodes. */
const ANYWHERE: readonly Addon[] = ["coredns", "aws-ebs-csi-driver"];

type Context = Pick<EksClusterArgs, "account" | "clusterName" | "addons">;

export function createNodeAddons(
  name: string,
  cluster: aws.eks.Cluster,
  context: Context,
  parent: pulumi.Resource,
): readonly aws.eks.Addon[] {
  return ON_NODES.map((addon) => createAddon(name, addon, cluster, context, { parent, dependsOn: [] }));
}

export function createClusterAddons(
  name: string,
  cluster: aws.eks.Cluster,
  context: Context,
  nodes: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): readonly aws.eks.Addon[] {
  return ANYWHERE.map((addon) => createAddon(name, addon, cluster, context, { parent, dependsOn: nodes }));
}

function createAddon(
  name: string,
  addon: Addon,
  cluster: aws.eks.Cluster,
  { account, clusterName, addons }: Context,
  { parent, dependsOn }: { readonly parent: pulumi.Resource; readonly dependsOn: readonly pulumi.Resource[] },
): aws.eks.Addon {
  const own = `${name}-${addon}`;
  const identity = IDENTITIES[addon];
  const configuration = CONFIGURATION[addon];
  const base = { clusterName: cluster.name, addonName: addon, addonVersion: addons[addon] };
  const args: aws.eks.AddonArgs = {
    ...base,
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
    ...(configuration && { configurationValues: JSON.stringify(configuration) }),
  };
  if (identity === undefined) return new aws.eks.Addon(own, args, { parent, dependsOn: [...dependsOn] });
  const { serviceAccount, policy } = identity;
  const pods = { account, clusterName, namespace: "kube-system", serviceAccount };
  const role = createPodRole(own, { ...pods, description: `${addon} of ${clusterName}`, managed: [policy] }, { parent });
  const podIdentityAssociations = [{ serviceAccount, roleArn: role.arn }];
  return new aws.eks.Addon(own, { ...args, podIdentityAssociations }, { parent, dependsOn: [...dependsOn, ...role.grants] });
}
