import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Policy, policyOf, type Statement } from "./iam.ts";

export interface KeyArgs {
  /** What it encrypts, in one line, for whoever finds it in the console. */
  readonly description: string;
  readonly account: string;
  /** Services that use it without a role of the account. */
  readonly users?: readonly Statement[];
}

/** A key that AWS changes every year. What it encrypts is lost with it, so its deletion can be called off for a month. */
export function createKey(name: string, { description, account, users = [] }: KeyArgs, options: pulumi.CustomResourceOptions): aws.kms.Key {
  const args = { description, enableKeyRotation: true, deletionWindowInDays: 30, policy: JSON.stringify(keyPolicy(account, users)) };
  return new aws.kms.Key(name, args, options);
}

/** The account decides by its IAM policies who uses the key. Without this statement nobody could ever change the key again. */
export function keyPolicy(account: string, users: readonly Statement[]): Policy {
  const root = { AWS: `arn:aws:iam::${account}:root` };
  return policyOf({ Sid: "Account", Effect: "Allow", Principal: root, Action: ["kms:*"], Resource: ["*"] }, ...users);
}
