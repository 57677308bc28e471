import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { accountProblem, statedProvider } from "../../../components/cluster/eks/index.ts";
import { recordResources } from "../../support/mocks.ts";

const stated = { account: "111122223333", region: "eu-central-1", tags: { project: "shop", environment: "prod", owner: "platform" } };
const arn = "arn:aws:sts::444455556666:assumed-role/deploy/ci";

const guarded = (accountId: string) =>
  recordResources(() => statedProvider("aws", stated), { answerOf: () => ({ accountId, arn, userId: "x", id: accountId }) });

test("credentials of another account stop the program before the first resource, naming both", () =>
  assert.rejects(guarded("444455556666"), (error) => {
    assert.ok(pulumi.RunError.isInstance(error));
    assert.match(error.message, /lives in AWS account 111122223333, eu-central-1, .* are of account 444455556666/);
    return true;
  }));

test("credentials that AWS does not take are told as such", () => {
  assert.match(accountProblem(stated, new Error("ExpiredToken")) ?? "", /does not take the credentials at hand \(ExpiredToken\)/);
});

test("the stated account's own credentials are let through", () => {
  assert.equal(accountProblem(stated, { accountId: "111122223333", arn }), undefined);
});

test("the provider has the stated region and tags, and refuses other accounts when the program does not run", async () => {
  const { all } = await guarded("111122223333");
  const provider = all.find(({ name }) => name === "aws")?.inputs;
  assert.equal(provider?.region, "eu-central-1");
  assert.deepEqual(JSON.parse(provider?.allowedAccountIds), ["111122223333"]);
  assert.deepEqual(JSON.parse(provider?.defaultTags), { tags: stated.tags });
});
