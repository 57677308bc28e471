import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { Manifest } from "../../charts/manifest.ts";
import { createObjects, HeldOutputs } from "../../components/chart.ts";
import { recordResources } from "../support/mocks.ts";

const configMap = (data: Record<string, string>): Manifest => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a", namespace: "n" },
  data,
});

function created(manifests: readonly Manifest[], held = new HeldOutputs(), preview = false) {
  return recordResources(() => createObjects(manifests, { parent: new pulumi.ComponentResource("test:Parent", "parent"), held }), {
    preview,
  });
}

test("core kinds go through their typed class, all others by group, version and kind", async () => {
  const { all } = await created([
    configMap({}),
    { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "b", namespace: "n" }, spec: { maxUnavailable: 1 } },
  ]);
  const objects = all.filter(({ type }) => type.startsWith("kubernetes:")).map(({ type, name }) => `${type} ${name}`);
  assert.deepEqual(objects.sort(), ["kubernetes:core/v1:ConfigMap n/a", "kubernetes:policy/v1:PodDisruptionBudget n/b"]);
});

test("an output goes through a chart as a placeholder and comes out as itself, whole or within a text", async () => {
  const held = new HeldOutputs();
  const host = held.hold(pulumi.output("db.internal"));
  const resources = await created([configMap({ host, url: `postgres://${host}:5432/${host}` })], held);
  const expected = { host: "db.internal", url: "postgres://db.internal:5432/db.internal" };
  assert.deepEqual(resources.one("kubernetes:core/v1:ConfigMap", "n/a").data, expected);
});

test("a plain string goes through as it is", () => {
  assert.equal(new HeldOutputs().hold("plain"), "plain");
});

test("a secret output is still secret behind the chart", async () => {
  const held = new HeldOutputs();
  const { all } = await created([configMap({ password: held.hold(pulumi.secret("hunter2")) })], held);
  assert.deepEqual(all.find(({ name }) => name === "n/a")?.secrets, ["data"]);
});

test("a Secret in a chart is refused, by name", async () => {
  const secret: Manifest = { apiVersion: "v1", kind: "Secret", metadata: { name: "password", namespace: "n" } };
  await assert.rejects(created([secret]), /must not hold a Secret \(n\/password\)/);
});
