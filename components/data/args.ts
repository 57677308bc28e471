import type * as pulumi from "@pulumi/pulumi";
import { refuse } from "../refuse.ts";

export interface EventFlowArgs {
  /** Twelve digits. */
  readonly account: string;
  /** "eu-central-1" */
  readonly region: string;
  /** File whose export `handler` works off a batch of messages. It is bundled with what it imports, all but the AWS SDK, which Lambda has. */
  readonly entry: string;
  /** Whether the table outlives its resource: neither Pulumi nor anybody else deletes it before this is taken back. */
  readonly keepsData: boolean;
  /** Logs are kept at least so long. */
  readonly logDays: number;
  /** Longest time for one batch, in whole seconds, from 1 to 900. A batch that takes longer is delivered again. */
  readonly timeoutSeconds: number;
  /** Deliveries before a message is set aside with the dead letters. At least 1. */
  readonly deliveries: number;
  /**
   * Batches that are worked on at the same time, from 2 to 1000. More wait in the queue. Reserved concurrency would be another way, but what it
   * holds back counts as delivered, and messages that nobody looked at end as dead letters.
   */
  readonly parallel: number;
  /** Age of the oldest message, in seconds, from which the flow is too slow and an alarm goes off. */
  readonly slowSeconds: number;
  /** SNS topic that alarms go to. Left out, they are seen in CloudWatch alone. */
  readonly alarmTopicArn?: pulumi.Input<string> | undefined;
}

/** @throws InputPropertiesError with all that is wrong with the args */
export function checkArgs(name: string, args: EventFlowArgs): void {
  refuse(`event flow "${name}"`, [
    !/^\d{12}$/.test(args.account) && { propertyPath: "account", reason: `${args.account} is not an account; write its twelve digits` },
    outside(args, "timeoutSeconds", 1, 900),
    outside(args, "deliveries", 1, 1000),
    outside(args, "parallel", 2, 1000),
    outside(args, "slowSeconds", 1, 1_209_600),
    outside(args, "logDays", 1, 3653),
  ]);
}

type Amount = "timeoutSeconds" | "deliveries" | "parallel" | "slowSeconds" | "logDays";

function outside(args: EventFlowArgs, propertyPath: Amount, least: number, most: number) {
  const value = args[propertyPath];
  if (Number.isInteger(value) && value >= least && value <= most) return false;
  return { propertyPath, reason: `${value} is not a whole number from ${least} to ${most}` };
}
