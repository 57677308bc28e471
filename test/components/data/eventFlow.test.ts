import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { EventFlow, type EventFlowArgs } from "../../../components/data/index.ts";
import { assertGolden } from "../../support/goldenJson.ts";
import { recordResources } from "../../support/mocks.ts";

const args: EventFlowArgs = {
  account: "111122223333",
  region: "eu-central-1",
  entry: join(import.meta.dirname, "../../../apps/orders-worker/worker.ts"),
  keepsData: false,
  logDays: 10,
  timeoutSeconds: 10,
  deliveries: 5,
  parallel: 5,
  slowSeconds: 300,
};

const outputsOf = ({ type, name }: pulumi.runtime.MockResourceArgs) => ({ arn: `arn:${type}:${name}` });
const made = (changed: Partial<EventFlowArgs> = {}, preview = false) =>
  recordResources(() => new EventFlow("orders", { ...args, ...changed }), { outputsOf, preview });
const golden = (name: string) => join(import.meta.dirname, "golden", `${name}.json`);

const flow = await made();
const queue = flow.one("aws:sqs/queue:Queue", "orders");
const worker = flow.one("aws:lambda/function:Function", "orders-worker");
const mapping = flow.one("aws:lambda/eventSourceMapping:EventSourceMapping", "orders-worker");

test("every child belongs to the flow and is named after it", () => {
  const [itself, ...children] = flow.all;
  assert.equal(itself?.type, "sluice:data:EventFlow");
  for (const { name, parent } of children) {
    assert.equal(parent, "sluice:data:EventFlow orders");
    assert.match(name, /^orders(-|$)/);
  }
});

test("a message that fails five times is kept for fourteen days among the dead letters of this queue alone", () => {
  assert.deepEqual(JSON.parse(queue.redrivePolicy), {
    deadLetterTargetArn: "arn:aws:sqs:eu-central-1:111122223333:orders-dead",
    maxReceiveCount: 5,
  });
  const dead = flow.one("aws:sqs/queue:Queue", "orders-dead");
  assert.equal(dead.messageRetentionSeconds, 1_209_600);
  assert.deepEqual(JSON.parse(dead.redriveAllowPolicy), {
    redrivePermission: "byQueue",
    sourceQueueArns: ["arn:aws:sqs:eu-central-1:111122223333:orders"],
  });
});

test("a message stays hidden six times as long as a batch may take", async () => {
  assert.deepEqual([queue.visibilityTimeoutSeconds, worker.timeout], [60, 10]);
  const slower = await made({ timeoutSeconds: 100 });
  assert.equal(slower.one("aws:sqs/queue:Queue", "orders").visibilityTimeoutSeconds, 600);
});

test("messages, items and logs are encrypted with keys that are changed every year", () => {
  const key = "arn:aws:kms/key:Key:orders";
  for (const name of ["orders", "orders-dead"]) assert.equal(flow.one("aws:sqs/queue:Queue", name).kmsMasterKeyId, key);
  assert.deepEqual(flow.one("aws:dynamodb/table:Table", "orders").serverSideEncryption, { enabled: true, kmsKeyArn: key });
  assert.equal(flow.one("aws:cloudwatch/logGroup:LogGroup", "orders-worker").kmsKeyId, "arn:aws:kms/key:Key:orders-worker");
  for (const name of ["orders", "orders-worker"]) assert.equal(flow.one("aws:kms/key:Key", name).enableKeyRotation, true);
});

test("the table is paid by request, can be restored to any second, and is free to go in development", () => {
  const { billingMode, pointInTimeRecovery, deletionProtectionEnabled } = flow.one("aws:dynamodb/table:Table", "orders");
  assert.deepEqual([billingMode, pointInTimeRecovery, deletionProtectionEnabled], ["PAY_PER_REQUEST", { enabled: true }, false]);
});

test("a table that is to be kept is deleted neither by Pulumi nor by anybody else, and neither is its key by Pulumi", async () => {
  const { all } = await made({ keepsData: true });
  const protectedOnes = all.filter(({ protect }) => protect).map(({ type, name }) => `${type} ${name}`);
  assert.deepEqual(protectedOnes, ["aws:kms/key:Key orders", "aws:dynamodb/table:Table orders"]);
  assert.equal(all.find(({ type }) => type === "aws:dynamodb/table:Table")?.inputs.deletionProtectionEnabled, true);
});

test("the worker runs on arm64, in its own log group, with the table's name and nothing secret", () => {
  assert.deepEqual([worker.runtime, worker.architectures], ["nodejs24.x", ["arm64"]]);
  assert.deepEqual(worker.environment, { variables: { TABLE: "orders" } });
  assert.equal(worker.loggingConfig.logGroup, "/aws/lambda/orders");
  assert.equal(flow.one("aws:cloudwatch/logGroup:LogGroup", "orders-worker").retentionInDays, 14);
});

test("only what failed of a batch comes again, and no more than five batches are worked on at once", () => {
  assert.deepEqual(mapping.functionResponseTypes, ["ReportBatchItemFailures"]);
  assert.deepEqual(mapping.scalingConfig, { maximumConcurrency: 5 });
  assert.equal(worker.reservedConcurrentExecutions, undefined);
});

for (const [what, file, policy] of [
  ["what the worker may do", "worker", flow.one("aws:iam/rolePolicy:RolePolicy", "orders-worker").policy],
  ["who may be the worker", "workerTrust", flow.one("aws:iam/role:Role", "orders-worker").assumeRolePolicy],
  ["who may use the queue", "queue", queue.policy],
  ["who may use the key", "key", flow.one("aws:kms/key:Key", "orders").policy],
] as const) {
  test(`${what} is written down and has not changed`, () => assertGolden(golden(file), JSON.parse(policy)));
}

test("somebody is told of dead letters, of old messages, of errors and of throttles", async () => {
  const { all } = await made({ alarmTopicArn: "arn:topic", slowSeconds: 60 });
  const alarms = all.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs);
  assert.deepEqual(
    alarms.map(({ name, metricName, dimensions, threshold, evaluationPeriods }) => [
      name,
      metricName,
      Object.values(dimensions)[0],
      threshold,
      evaluationPeriods,
    ]),
    [
      ["orders-dead-letters", "ApproximateNumberOfMessagesVisible", "orders-dead", 0, 1],
      ["orders-age", "ApproximateAgeOfOldestMessage", "orders", 60, 5],
      ["orders-errors", "Errors", "orders", 0, 1],
      ["orders-throttles", "Throttles", "orders", 0, 5],
    ],
  );
  for (const { alarmActions, okActions } of alarms) assert.deepEqual([alarmActions, okActions], [["arn:topic"], ["arn:topic"]]);
});

test("all that is wrong is told at once", () => {
  const wrong = { account: "1", timeoutSeconds: 0, deliveries: 1.5, parallel: 1, slowSeconds: Number.NaN, logDays: -1 };
  assert.throws(
    () => new EventFlow("orders", { ...args, ...wrong }),
    (error) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.deepEqual(
        error.errors?.map(({ propertyPath }) => propertyPath),
        ["account", "timeoutSeconds", "deliveries", "parallel", "slowSeconds", "logDays"],
      );
      return true;
    },
  );
});
