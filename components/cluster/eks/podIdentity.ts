import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createRole, type GrantedRole, type Policy, policyOf, type RoleArgs } from "../../aws/index.ts";

/** A service account of one cluster. */
export interface Identity {
  readonly account: string;
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

export interface PodIdentityArgs extends Identity, Omit<RoleArgs, "trust"> {}

export interface PodIdentityOptions {
  readonly parent?: pulumi.Resource;
  readonly provider?: pulumi.ProviderResource;
  /** The cluster must be there. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** Gives the pods of a service account rights in AWS, and nobody else: not their node, not another service account with the same name. */
export function createPodIdentity(name: string, args: PodIdentityArgs, options: PodIdentityOptions): aws.eks.PodIdentityAssociation {
  const { clusterName, namespace, serviceAccount } = args;
  const { dependsOn, ...bonds } = options;
  const role = createPodRole(name, args, bonds);
  const association = { clusterName, namespace, serviceAccount, roleArn: role.arn };
  return new aws.eks.PodIdentityAssociation(name, association, { ...bonds, dependsOn: [...dependsOn, ...role.grants] });
}

/** The role alone, for add-ons of EKS, which make the association themselves. */
export function createPodRole(name: string, args: PodIdentityArgs, options: pulumi.CustomResourceOptions): GrantedRole {
  return createRole(name, { ...args, trust: podTrust(args) }, options);
}

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
export function podTrust({ account, clusterName, namespace, serviceAccount }: Identity): Policy {
  const StringEquals = {
    "aws:SourceAccount": account,
    "aws:RequestTag/eks-cluster-name": clusterName,
    "aws:RequestTag/kubernetes-namespace": namespace,
    "aws:RequestTag/kubernetes-service-account": serviceAccount,
  };
  return policyOf({
    Sid: "Pods",
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: { StringEquals },
  });
}
