import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { arnsOf, deadLettersOf, encryptedOnly } from "./access.ts";
import type { EventFlowArgs } from "./args.ts";

/** Two weeks, the longest that SQS keeps a message: long enough for somebody to come back from holidays. */
const KEPT_SECONDS = 14 * 86_400;

/** How much longer than one batch may take a message stays hidden, as AWS advises: time for Lambda to try a throttled batch again by itself. */
const VISIBILITY = 6;

export interface Queues {
  readonly queue: aws.sqs.Queue;
  /** Messages that could not be worked off. */
  readonly deadLetters: aws.sqs.Queue;
}

/** The queue, and what becomes of messages that fail again and again. */
export function createQueues(name: string, args: EventFlowArgs, key: aws.kms.Key, parent: pulumi.Resource): Queues {
  const arns = arnsOf(name, args);
  const dead = deadLettersOf(name);
  // The key is asked for once an hour instead of for every message.
  const kept = { kmsMasterKeyId: key.arn, kmsDataKeyReusePeriodSeconds: 3600, messageRetentionSeconds: KEPT_SECONDS };
  const deadLetters = new aws.sqs.Queue(
    dead,
    {
      ...kept,
      name: dead,
      policy: JSON.stringify(encryptedOnly(arns.deadLetters)),
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [arns.queue] }),
    },
    { parent },
  );
  const queue = new aws.sqs.Queue(
    name,
    {
      ...kept,
      name,
      policy: JSON.stringify(encryptedOnly(arns.queue)),
      visibilityTimeoutSeconds: VISIBILITY * args.timeoutSeconds,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: arns.deadLetters, maxReceiveCount: args.deliveries }),
    },
    { parent, dependsOn: [deadLetters] },
  );
  return { queue, deadLetters };
}
