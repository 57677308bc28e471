import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createKey } from "../aws/index.ts";
import { keyAliasOf } from "./access.ts";
import { createAlarms } from "./alarms.ts";
import { checkArgs, type EventFlowArgs } from "./args.ts";
import { createQueues } from "./queues.ts";
import { createWorker } from "./worker.ts";

export type { EventFlowArgs } from "./args.ts";

/**
 * Messages that are worked off into a table: a queue, a function that takes from it, the table it adds to, and the messages that could not be
 * worked off, kept for two weeks. All encrypted with one key of the flow's own; whoever sends needs `sqs:SendMessage` and the use of that key.
 */
export class EventFlow extends pulumi.ComponentResource {
  /** Where messages are sent. */
  readonly queueUrl: pulumi.Output<string>;
  readonly queueArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** What was worked off, by `id`. */
  readonly table: aws.dynamodb.Table;
  readonly deadLetters: aws.sqs.Queue;

  /** @param name also the name of the queue, the table and the function in the account, so that it is unique there */
  constructor(name: string, args: EventFlowArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:data:EventFlow", name, {}, options);
    checkArgs(name, args);

    // Without its key the table is lost, so what protects one protects both.
    const keyOptions = { parent: this, protect: args.keepsData };
    const key = createKey(name, { description: `Messages and items of ${name}`, account: args.account }, keyOptions);
    const alias = new aws.kms.Alias(name, { name: keyAliasOf(name), targetKeyId: key.id }, { parent: this });
    const { queue, deadLetters } = createQueues(name, args, key, this);
    this.table = createTable(name, args.keepsData, key, alias, this);
    createWorker(name, args, queue, this.table, this);
    createAlarms(name, args.slowSeconds, args.alarmTopicArn, this);

    this.queueUrl = queue.url;
    this.queueArn = queue.arn;
    this.keyArn = key.arn;
    this.deadLetters = deadLetters;
    this.registerOutputs({ queueUrl: this.queueUrl, queueArn: this.queueArn, keyArn: this.keyArn, tableName: this.table.name });
  }
}

/** Paid by request, restored to any second of the last 35 days. It waits for the key's alias: by it the worker may use the key. */
function createTable(
  name: string,
  keepsData: boolean,
  key: aws.kms.Key,
  alias: aws.kms.Alias,
  parent: pulumi.Resource,
): aws.dynamodb.Table {
  return new aws.dynamodb.Table(
    name,
    {
      name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
      deletionProtectionEnabled: keepsData,
    },
    { parent, dependsOn: [alias], protect: keepsData },
  );
}
