import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { StateBackend, type StateBackendArgs } from "../../../components/state/index.ts";
import { assertGolden } from "../../support/goldenJson.ts";
import { recordResources } from "../../support/mocks.ts";

const args: StateBackendArgs = { account: "111122223333", region: "eu-central-1" };
const outputsOf = ({ type, name }: pulumi.runtime.MockResourceArgs) => ({ arn: `arn:${type}:${name}` });
const golden = (name: string) => join(import.meta.dirname, "golden", `${name}.json`);

async function made(name = "acme-state", changed: Partial<StateBackendArgs> = {}) {
  const backends: StateBackend[] = [];
  const resources = await recordResources(() => backends.push(new StateBackend(name, { ...args, ...changed })), { outputsOf });
  return { resources, backend: backends[0] };
}

const { resources, backend } = await made();
const ofBucket = (type: string) => resources.one(`aws:s3/bucket${type}:Bucket${type}`, "acme-state");

test("every child belongs to the backend and is named after it", () => {
  const [itself, ...children] = resources.all;
  assert.equal(itself?.type, "sluice:state:StateBackend");
  for (const { name, parent } of children) assert.deepEqual([name, parent], ["acme-state", "sluice:state:StateBackend acme-state"]);
});

test("the key and all of the bucket stay, whatever becomes of the program", () => {
  const kept = resources.all.filter(({ type }) => /^aws:(s3|kms)\//.test(type));
  assert.equal(kept.length, 9);
  for (const { type, protect, retainOnDelete } of kept) assert.deepEqual([type, protect, retainOnDelete], [type, true, true]);
});

test("what was written over can be brought back for a year, and then goes", () => {
  assert.deepEqual(ofBucket("Versioning").versioningConfiguration, { status: "Enabled" });
  const [rule] = ofBucket("LifecycleConfiguration").rules;
  assert.deepEqual([rule.status, rule.noncurrentVersionExpiration], ["Enabled", { noncurrentDays: 365 }]);
  assert.equal(rule.expiration.days, undefined);
});

test("states are encrypted with the backend's own key, which AWS changes every year", () => {
  const [{ applyServerSideEncryptionByDefault, bucketKeyEnabled }] = ofBucket("ServerSideEncryptionConfiguration").rules;
  assert.deepEqual(applyServerSideEncryptionByDefault, { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms/key:Key:acme-state" });
  assert.equal(bucketKeyEnabled, true);
  assert.equal(resources.one("aws:kms/key:Key", "acme-state").enableKeyRotation, true);
});

test("nothing in the bucket can be made public", () => {
  const { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets } = ofBucket("PublicAccessBlock");
  assert.deepEqual([blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets], [true, true, true, true]);
  assert.deepEqual(ofBucket("OwnershipControls").rule, { objectOwnership: "BucketOwnerEnforced" });
});

test("Pulumi can give its locks back: nothing in the bucket is locked by S3", () => {
  assert.equal(resources.one("aws:s3/bucket:Bucket", "acme-state").objectLockEnabled, false);
});

test("who may do what", () => {
  assertGolden(golden("bucket"), JSON.parse(ofBucket("Policy").policy));
  assertGolden(golden("key"), JSON.parse(resources.one("aws:kms/key:Key", "acme-state").policy));
  assertGolden(golden("trust"), JSON.parse(resources.one("aws:iam/role:Role", "acme-state").assumeRolePolicy));
  assertGolden(golden("rights"), JSON.parse(resources.one("aws:iam/rolePolicy:RolePolicy", "acme-state").policy));
});

test("its addresses name the region, so that no shell's own region counts", () => {
  assert.equal(backend?.backendUrl, "s3://acme-state?region=eu-central-1");
  assert.equal(backend?.secretsProvider, "awskms://alias/acme-state?region=eu-central-1");
  assert.equal(resources.one("aws:kms/alias:Alias", "acme-state").name, "alias/acme-state");
});

const refused: readonly (readonly [string, string, Partial<StateBackendArgs>, string])[] = [
  ["capital letters", "State", {}, "name"],
  ["a dot", "acme.state", {}, "name"],
  ["a name of two letters", "ab", {}, "name"],
  ["an ending that is AWS' own", "acme-s3alias", {}, "name"],
  ["an account that is none", "acme-state", { account: "1111-2222-3333" }, "account"],
  ["a zone for a region", "acme-state", { region: "eu-central-1a" }, "region"],
  ["a month less a day", "acme-state", { keepDays: 29 }, "keepDays"],
];
for (const [what, name, changed, path] of refused) {
  test(`${what} is refused at ${path}`, async () => {
    await assert.rejects(
      made(name, changed),
      (error) => pulumi.InputPropertiesError.isInstance(error) && error.errors.length === 1 && error.errors[0]?.propertyPath === path,
    );
  });
}
