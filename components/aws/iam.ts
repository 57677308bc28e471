import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** One statement of an IAM policy, in AWS' own words. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  /** Of trust, key and endpoint policies only. */
  readonly Principal?: "*" | { readonly Service: string } | { readonly AWS: string } | { readonly Federated: string };
  readonly Action: readonly string[];
  /** Not in a trust policy. */
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export function policyOf(...statements: readonly Statement[]): Policy {
  return { Version: "2012-10-17", Statement: statements };
}

/** Lets an AWS service take a role. */
export function serviceTrust(service: string, Condition?: Statement["Condition"], actions: readonly string[] = ["sts:AssumeRole"]): Policy {
  const statement: Statement = { Sid: "Service", Effect: "Allow", Principal: { Service: service }, Action: actions };
  return policyOf(Condition === undefined ? statement : { ...statement, Condition });
}

/** Only on behalf of this account: without that, a service could be made to use a role or a key for somebody else's things. */
export function onBehalfOf(account: string): NonNullable<Statement["Condition"]> {
  return { StringEquals: { "aws:SourceAccount": account } };
}

export interface RoleArgs {
  /** What it is for, in one line, for whoever finds it in the console. */
  readonly description: string;
  /** Who may take it. */
  readonly trust: Policy;
  /** Its own rights. */
  readonly rights?: Policy;
  /** Names of AWS' managed policies, such as "AmazonEKSClusterPolicy". */
  readonly managed?: readonly string[];
}

export interface GrantedRole {
  readonly arn: pulumi.Output<string>;
  /** What gives it its rights: whoever uses the role needs them there, and until it is gone. */
  readonly grants: readonly pulumi.Resource[];
}

/** An IAM role with its rights. */
export function createRole(
  name: string,
  { description, trust, rights, managed = [] }: RoleArgs,
  options: pulumi.CustomResourceOptions,
): GrantedRole {
  const role = new aws.iam.Role(name, { description, assumeRolePolicy: JSON.stringify(trust) }, options);
  const own = rights && new aws.iam.RolePolicy(name, { role: role.name, policy: JSON.stringify(rights) }, options);
  const attached = managed.map(
    (policy) =>
      new aws.iam.RolePolicyAttachment(
        `${name}-${policy.split("/").at(-1)}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        options,
      ),
  );
  return { arn: role.arn, grants: own === undefined ? attached : [own, ...attached] };
}
