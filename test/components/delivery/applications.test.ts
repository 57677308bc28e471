import assert from "node:assert/strict";
import { test } from "node:test";
import { Applications } from "../../../components/delivery/index.ts";
import { recordResources } from "../../support/mocks.ts";
import { namespace } from "./args.ts";

const shop = { name: "shop", repository: "https://git.example.com/shop.git", path: "deploy", branch: "main", namespace: "apps" };
const echo = { repository: "ghcr.io/team/echo", versions: "1.x" };

test("the project comes before what belongs to it, and an updater only where images are followed", async () => {
  const applications = [shop, { ...shop, name: "echo", images: { echo } }];
  const { all } = await recordResources(() => new Applications("platform", { namespace, applications }));
  const objects = all.filter(({ custom }) => custom);
  assert.equal(objects[0]?.type, "kubernetes:argoproj.io/v1alpha1:AppProject");
  assert.deepEqual(objects.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort(), [
    "AppProject argocd/platform",
    "Application argocd/echo",
    "Application argocd/shop",
    "ImageUpdater argocd/echo",
  ]);
  for (const { parent } of objects) assert.equal(parent, "sluice:delivery:Applications platform");
});
