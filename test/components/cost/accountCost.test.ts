import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { AccountCost, type AccountCostArgs } from "../../../components/cost/accountCost.ts";
import { assertGolden } from "../../support/goldenJson.ts";
import { recordResources } from "../../support/mocks.ts";

const args: AccountCostArgs = {
  account: "111122223333",
  region: "eu-central-1",
  emails: ["platform@example.com"],
  budgetsUsd: [5, 10],
  anomalyUsd: 1,
};

const outputsOf = ({ type, name }: pulumi.runtime.MockResourceArgs) => ({ arn: `arn:${type}:${name}` });
const made = (changed: Partial<AccountCostArgs> = {}) =>
  recordResources(() => new AccountCost("cost", { ...args, ...changed }), { outputsOf });
const golden = (name: string) => join(import.meta.dirname, "golden", `${name}.json`);

const cost = await made();
const TOPIC = "arn:aws:sns/topic:Topic:cost-budgets";

test("every child belongs to the component and is named after it", () => {
  const [itself, ...children] = cost.all;
  assert.equal(itself?.type, "sluice:cost:AccountCost");
  for (const { name, parent } of children) {
    assert.equal(parent, "sluice:cost:AccountCost cost");
    assert.match(name, /^cost-/);
  }
});

for (const dollars of [5, 10]) {
  test(`a month of ${dollars} dollars is told at 80 %, when it is reached and when it is expected, by e-mail and on the topic`, () => {
    const budget = cost.one("aws:budgets/budget:Budget", `cost-${dollars}-usd`);
    assert.deepEqual([budget.limitAmount, budget.limitUnit, budget.timeUnit], [String(dollars), "USD", "MONTHLY"]);
    assert.deepEqual(
      budget.notifications.map((notice: pulumi.Inputs) => [notice.notificationType, notice.threshold]),
      [
        ["ACTUAL", 80],
        ["ACTUAL", 100],
        ["FORECASTED", 100],
      ],
    );
    for (const notice of budget.notifications) {
      assert.deepEqual(notice.subscriberEmailAddresses, ["platform@example.com"]);
      assert.deepEqual(notice.subscriberSnsTopicArns, [TOPIC]);
    }
  });
}

test("the topic is encrypted with a key of its own", () => {
  assert.equal(cost.one("aws:sns/topic:Topic", "cost-budgets").kmsMasterKeyId, "arn:aws:kms/key:Key:cost-budgets");
  assert.equal(cost.one("aws:kms/key:Key", "cost-budgets").enableKeyRotation, true);
});

for (const [what, file, policy] of [
  ["who may write to the topic", "topic", cost.one("aws:sns/topicPolicy:TopicPolicy", "cost-budgets").policy],
  ["who may use the topic's key", "key", cost.one("aws:kms/key:Key", "cost-budgets").policy],
] as const) {
  test(`${what} is written down and has not changed`, () => assertGolden(golden(file), JSON.parse(policy)));
}

test("a service that costs a dollar more than it used to is told once a day", () => {
  const subscription = cost.one("aws:costexplorer/anomalySubscription:AnomalySubscription", "cost-anomalies");
  assert.deepEqual(subscription.thresholdExpression.dimension.values, ["1"]);
  assert.deepEqual(subscription.subscribers, [{ type: "EMAIL", address: "platform@example.com" }]);
  assert.deepEqual(subscription.monitorArnLists, ["arn:aws:costexplorer/anomalyMonitor:AnomalyMonitor:cost-anomalies"]);
});

test("the account's own monitor is used where it has one, and no second one is made", async () => {
  const monitorArn = "arn:aws:ce::111122223333:anomalymonitor/0a1b";
  const { all } = await made({ monitorArn });
  assert.equal(all.filter(({ type }) => type.includes("anomalyMonitor")).length, 0);
  assert.deepEqual(all.find(({ type }) => type.includes("anomalySubscription"))?.inputs.monitorArnLists, [monitorArn]);
});

const refused: readonly (readonly [string, Partial<AccountCostArgs>, readonly string[]])[] = [
  ["nobody to write to", { emails: [] }, ["emails"]],
  ["more addresses than AWS writes to", { emails: Array(11).fill("a@example.com") }, ["emails"]],
  ["budgets of nothing", { budgetsUsd: [0, 5, Number.NaN] }, ["budgetsUsd[0]", "budgetsUsd[2]"]],
  ["two budgets that are the same", { budgetsUsd: [5, 5] }, ["budgetsUsd"]],
  ["all of it at once", { account: "me", emails: [], anomalyUsd: -1 }, ["account", "emails", "anomalyUsd"]],
];
for (const [what, changed, paths] of refused) {
  test(`${what} is refused`, () => {
    assert.throws(
      () => new AccountCost("cost", { ...args, ...changed }),
      (error) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.deepEqual(
          error.errors?.map(({ propertyPath }) => propertyPath),
          paths,
        );
        return true;
      },
    );
  });
}
