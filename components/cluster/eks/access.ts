import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EksClusterArgs } from "./args.ts";

/** AWS' names of the rights: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const RIGHTS = { admins: "AmazonEKSClusterAdminPolicy", viewers: "AmazonEKSViewPolicy" } as const;

/** Who may use the cluster's API: those named, and nobody else, not even who made it. */
export function createAccess(
  name: string,
  cluster: aws.eks.Cluster,
  { admins, viewers = [] }: Pick<EksClusterArgs, "admins" | "viewers">,
  parent: pulumi.Resource,
): readonly pulumi.Resource[] {
  const grant = (principalArn: string, policy: string) => {
    const own = `${name}-${principalArn.split(":").at(-1)}`;
    const entry = new aws.eks.AccessEntry(own, { clusterName: cluster.name, principalArn }, { parent });
    const policyArn = `arn:aws:eks::aws:cluster-access-policy/${policy}`;
    const association = { clusterName: cluster.name, principalArn, policyArn, accessScope: { type: "cluster" } };
    return new aws.eks.AccessPolicyAssociation(own, association, { parent, dependsOn: [entry] });
  };
  return [...admins.map((arn) => grant(arn, RIGHTS.admins)), ...viewers.map((arn) => grant(arn, RIGHTS.viewers))];
}
