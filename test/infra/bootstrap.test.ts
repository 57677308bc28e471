import assert from "node:assert/strict";
import { test } from "node:test";
import { recordResources } from "../support/mocks.ts";

const config = { "sluice:account": "111122223333", "sluice:region": "eu-central-1" };
const { all, one } = await recordResources(() => import("../../infra/bootstrap/index.ts"), { config });

test("the bootstrap makes a backend that is called as its stack, in the stated account and region and in no other", () => {
  const { region, allowedAccountIds } = one("pulumi:providers:aws", "aws");
  assert.deepEqual([region, JSON.parse(allowedAccountIds)], ["eu-central-1", ["111122223333"]]);
  assert.equal(one("aws:s3/bucket:Bucket", "test").bucket, "test");
});

test("all that it makes goes through that account's provider, which tags it", () => {
  const made = all.filter(({ type }) => type.startsWith("aws:"));
  assert.ok(made.length > 0);
  for (const { type, provider } of made) assert.equal(provider, "aws", type);
  assert.deepEqual(JSON.parse(one("pulumi:providers:aws", "aws").defaultTags).tags.project, "sluice");
});
