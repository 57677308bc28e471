import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { type GitHubArgs, Registry, type RegistryArgs } from "../../../components/registry/index.ts";
import { assertGolden } from "../../support/goldenJson.ts";
import { type Recording, recordResources } from "../../support/mocks.ts";

const github: GitHubArgs = { repository: "octo@123/shop@456", branches: ["main"], environments: ["production"] };
const args: RegistryArgs = { account: "111122223333", region: "eu-central-1", apps: ["echo", "shop.front"], github };
const outputsOf = ({ type, name }: pulumi.runtime.MockResourceArgs) => ({ arn: `arn:${type}:${name}` });
const made = (changed: Partial<RegistryArgs> = {}) => recordResources(() => new Registry("apps", { ...args, ...changed }), { outputsOf });
const ofType = ({ all }: Recording, type: string) => all.filter((resource) => resource.type.endsWith(`:${type}`));

const registry = await made();

test("every child belongs to the registry and is named after it", () => {
  const [itself, ...children] = registry.all;
  assert.equal(itself?.type, "sluice:registry:Registry");
  for (const { name, parent } of children) {
    assert.equal(parent, "sluice:registry:Registry apps");
    assert.match(name, /^apps(-|$)/);
  }
});

test("each app has a repository whose tags keep their meaning, whose images are scanned, and that is encrypted with the registry's key", () => {
  const repositories = ofType(registry, "Repository").map(({ inputs }) => inputs);
  assert.deepEqual(
    repositories.map(({ name }) => name),
    ["apps/echo", "apps/shop.front"],
  );
  for (const { imageTagMutability, imageScanningConfiguration, encryptionConfigurations } of repositories) {
    assert.equal(imageTagMutability, "IMMUTABLE");
    assert.deepEqual(imageScanningConfiguration, { scanOnPush: true });
    assert.deepEqual(encryptionConfigurations, [{ encryptionType: "KMS", kmsKey: "arn:aws:kms/key:Key:apps" }]);
  }
  assert.equal(registry.one("aws:kms/key:Key", "apps").enableKeyRotation, true);
});

test("of each app the newest images are kept, and none that has lost its tag", () => {
  const { policy, repository } = registry.one("aws:ecr/lifecyclePolicy:LifecyclePolicy", "apps-echo");
  assert.equal(repository, "apps/echo");
  const rules: readonly { readonly selection: { readonly tagStatus: string; readonly countNumber: number } }[] = JSON.parse(policy).rules;
  assert.deepEqual(
    rules.map(({ selection }) => [selection.tagStatus, selection.countNumber]),
    [
      ["untagged", 7],
      ["any", 100],
    ],
  );
});

test("public registries are cached below the registry's name", () => {
  const caches = ofType(registry, "PullThroughCacheRule").map(
    ({ inputs }) => `${inputs.ecrRepositoryPrefix} ${inputs.upstreamRegistryUrl}`,
  );
  assert.deepEqual(caches, ["apps-aws public.ecr.aws", "apps-k8s registry.k8s.io", "apps-quay quay.io"]);
  for (const { inputs } of ofType(registry, "RepositoryCreationTemplate")) {
    assert.deepEqual(inputs.appliedFors, ["PULL_THROUGH_CACHE"]);
    assert.match(inputs.lifecyclePolicy, /imageCountMoreThan/);
  }
});

test("workflows of one repository push to these repositories, and can do nothing else", () => {
  assertGolden(join(import.meta.dirname, "golden/trust.json"), JSON.parse(registry.one("aws:iam/role:Role", "apps-push").assumeRolePolicy));
  assertGolden(
    join(import.meta.dirname, "golden/rights.json"),
    JSON.parse(registry.one("aws:iam/rolePolicy:RolePolicy", "apps-push").policy),
  );
  assert.deepEqual(ofType(registry, "RolePolicyAttachment"), []);
});

test("GitHub's tokens are trusted once in an account", async () => {
  const { url, clientIdLists } = registry.one("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "apps-github");
  assert.deepEqual([url, clientIdLists], ["https://token.actions.githubusercontent.com", ["sts.amazonaws.com"]]);
  assert.deepEqual(ofType(await made({ github: { ...github, isTrusted: true } }), "OpenIdConnectProvider"), []);
});

test("without GitHub nobody has a role", async () => {
  const alone = await made({ github: undefined });
  assert.deepEqual([...ofType(alone, "Role"), ...ofType(alone, "OpenIdConnectProvider")], []);
});

const refused: readonly (readonly [string, Partial<RegistryArgs>, RegExp])[] = [
  ["an account that is none", { account: "1234" }, /^account: 1234 is not an account/],
  ["an app that cannot be an image's name", { apps: ["Echo"] }, /^apps\[0\]: "Echo" is not the name of an image/],
  ["the same app twice", { apps: ["echo", "echo"] }, /^apps\[1\]: echo is there already/],
  ["few images", { keepImages: 1 }, /^keepImages: 1 is not a whole number of at least 10/],
  ["a repository without its owner", { github: { ...github, repository: "shop" } }, /^github\.repository: "shop" is not a repository/],
  ["a repository with one number", { github: { ...github, repository: "octo@1/shop" } }, /^github\.repository: .*octo@123\/shop@456/],
  ["any repository of an owner", { github: { ...github, repository: "octo/*" } }, /^github\.repository/],
  ["GitHub with nobody who may push", { github: { ...github, branches: [], environments: [] } }, /^github\.branches: empty/],
  ["any branch", { github: { ...github, branches: ["*"] } }, /^github\.branches\[0\]: "\*" is not a name/],
  ["an environment that ends the subject", { github: { ...github, environments: ["a:b"] } }, /^github\.environments\[0\]/],
];
for (const [what, changed, message] of refused) {
  test(`${what} is refused`, async () => {
    await assert.rejects(made(changed), (error) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.equal(error.errors.length, 1);
      assert.match(`${error.errors[0]?.propertyPath}: ${error.errors[0]?.reason}`, message);
      return true;
    });
  });
}
