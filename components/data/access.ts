import { type Policy, policyOf, type Statement } from "../aws/index.ts";
import type { EventFlowArgs } from "./args.ts";

type Place = Pick<EventFlowArgs, "account" | "region">;

/** Addresses of the flow's things, which are all named after it. */
export function arnsOf(name: string, { account, region }: Place) {
  const arn = (service: string, thing: string) => `arn:aws:${service}:${region}:${account}:${thing}`;
  return {
    queue: arn("sqs", name),
    deadLetters: arn("sqs", deadLettersOf(name)),
    table: arn("dynamodb", `table/${name}`),
    logs: arn("logs", `log-group:${logGroupOf(name)}`),
    keys: arn("kms", "key/*"),
  };
}

export function deadLettersOf(name: string): string {
  return `${name}-dead`;
}

export function logGroupOf(name: string): string {
  return `/aws/lambda/${name}`;
}

export function keyAliasOf(name: string): string {
  return `alias/sluice/${name}`;
}

/** What the worker may do: take messages of its queue, add to its table, write its log. It can neither read nor change what is in the table. */
export function workerRights(name: string, place: Place): Policy {
  const { queue, table, logs, keys } = arnsOf(name, place);
  return policyOf(
    {
      Sid: "TakeMessages",
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      Resource: [queue],
    },
    { Sid: "AddItems", Effect: "Allow", Action: ["dynamodb:PutItem"], Resource: [table] },
    { Sid: "WriteLog", Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: [`${logs}:*`] },
    {
      Sid: "UseKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: [keys],
      Condition: {
        StringEquals: { "kms:ViaService": [`sqs.${place.region}.amazonaws.com`, `dynamodb.${place.region}.amazonaws.com`] },
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": keyAliasOf(name) },
      },
    },
  );
}

/** Nobody sends or takes messages over a connection that others can read. */
export function encryptedOnly(queue: string): Policy {
  const statement: Statement = {
    Sid: "EncryptedOnly",
    Effect: "Deny",
    Principal: "*",
    Action: ["sqs:*"],
    Resource: [queue],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return policyOf(statement);
}
