import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "./iam.ts";
import { createKey } from "./kms.ts";

/** The periods that CloudWatch knows, in days: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const PERIODS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

/** CloudWatch's shortest period that keeps logs for at least so many days. */
export function retentionFor(days: number): number {
  return PERIODS.find((period) => period >= days) ?? 3653;
}

export interface LogGroupArgs {
  /** As AWS knows it: "/aws/eks/staging/cluster". */
  readonly logGroup: string;
  readonly account: string;
  readonly region: string;
  /** At least so long. */
  readonly retentionDays: number;
}

/** A log group with a key of its own. */
export function createLogGroup(
  name: string,
  { logGroup, account, region, retentionDays }: LogGroupArgs,
  options: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  const description = `Logs of ${logGroup}`;
  const key = createKey(name, { description, account, users: [logsUse(logGroup, account, region)] }, options);
  return new aws.cloudwatch.LogGroup(name, { name: logGroup, retentionInDays: retentionFor(retentionDays), kmsKeyId: key.arn }, options);
}

/** CloudWatch may use the key, for this log group alone. */
function logsUse(logGroup: string, account: string, region: string): Statement {
  const arn = `arn:aws:logs:${region}:${account}:log-group:${logGroup}`;
  return {
    Sid: "Logs",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: ["*"],
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": arn } },
  };
}
