import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { V1ConfigMap } from "@kubernetes/client-node";
import {
  applyServerSide,
  type Change,
  clientFor,
  defineResource,
  isConflict,
  isNotFound,
  type KubeClient,
  type Wire,
  watchAll,
} from "../../../embedded/kube/index.ts";
import { status } from "../../../embedded/platform/index.ts";
import { eventually } from "../../support/eventually.ts";
import { startPlatform } from "../../support/platform.ts";

type ConfigMap = Wire<V1ConfigMap>;
const configMaps = defineResource<ConfigMap>("v1", "ConfigMap", "configmaps");
const namespaces = defineResource("v1", "Namespace", "namespaces", { namespaced: false });

const configMap = (name: string, data: Record<string, string>): ConfigMap => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "default" },
  data,
});

test("the client against a real API server", async (t) => {
  const platform = await startPlatform(t, { parts: ["kube-apiserver"] });
  const client = await clientFor(platform.kubeconfig);
  t.after(() => client.close());

  await t.test("what is not there is undefined, and deleting it is false", async () => {
    assert.equal(await client.get(configMaps, "nobody"), undefined);
    assert.equal(await client.delete(configMaps, "nobody"), false);
  });

  await t.test("an object lives: create, read, patch, list, delete", async () => {
    await client.create(configMaps, configMap("life", { a: "1" }));
    await client.patch(configMaps, "life", { data: { a: "2" } });
    assert.deepEqual((await client.get(configMaps, "life"))?.data, { a: "2" });
    const [listed] = await client.list(configMaps, { namespace: "default", fieldSelector: "metadata.name=life" });
    assert.equal(listed?.kind, "ConfigMap");
    assert.equal(await client.delete(configMaps, "life"), true);
  });

  await t.test("creating what exists is a conflict, patching what does not is not found", async () => {
    await client.create(configMaps, configMap("twice", {}));
    await assert.rejects(client.create(configMaps, configMap("twice", {})), isConflict);
    await assert.rejects(client.patch(configMaps, "nobody", { data: {} }), isNotFound);
  });

  await t.test("an unknown field is refused by name", async () => {
    const misspelt = { ...configMap("misspelt", {}), dota: {} };
    await assert.rejects(client.create(configMaps, misspelt), /unknown field "dota"/);
    await assert.rejects(applyServerSide(client, misspelt, "test"), /dota: field not declared in schema/);
  });

  await t.test("a field of another manager is taken only by force", async () => {
    await applyServerSide(client, configMap("owned", { a: "first" }), "first");
    const second = configMap("owned", { a: "second" });
    await assert.rejects(applyServerSide(client, second, "second"), isConflict);
    await applyServerSide(client, second, "second", { force: true });
    assert.deepEqual((await client.get(configMaps, "owned"))?.data, { a: "second" });
  });

  await t.test("discovery finds where kinds are served, also those of CRDs", async () => {
    const { plural, namespaced } = await client.discover("argoproj.io/v1alpha1", "Rollout");
    assert.deepEqual({ plural, namespaced }, { plural: "rollouts", namespaced: true });
    assert.equal((await client.discover("v1", "Pod")).plural, "pods");
    await assert.rejects(client.discover("v1", "Rollout"), /no Rollout in v1/);
    await assert.rejects(client.discover("nobody.io/v1", "Rollout"), /no Rollout in nobody.io\/v1/);
  });

  await t.test("an object of the cluster is applied without a namespace", async () => {
    await applyServerSide(client, { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } }, "test");
    assert.equal((await client.get(namespaces, "shop"))?.metadata?.name, "shop");
  });

  await t.test("a cache holds what is there and follows every change", (t) => followsChanges(t, client));
  await t.test("a cache survives a killed API server and reports what it missed", (t) => survivesCrash(t, client, platform.stateDir));
});

async function followsChanges(t: TestContext, client: KubeClient): Promise<void> {
  await client.create(configMaps, configMap("before", {}));
  const changes: Change<ConfigMap>[] = [];
  const cache = watchAll(client, configMaps, { namespace: "default", onChange: (change) => changes.push(change) });
  t.after(cache.stop);
  await cache.synced;
  assert.ok(cache.get("before", "default"));

  await client.create(configMaps, configMap("after", { a: "1" }));
  await client.patch(configMaps, "after", { data: { a: "2" } });
  await client.delete(configMaps, "after");
  const seen = () => changes.filter(({ object }) => object.metadata?.name === "after").map(({ type, object }) => [type, object.data?.a]);
  await eventually("three changes", async () => (seen().length === 3 ? true : undefined));
  assert.deepEqual(seen(), [
    ["added", "1"],
    ["modified", "2"],
    ["deleted", "2"],
  ]);
  assert.equal(cache.get("after", "default"), undefined);
}

async function survivesCrash(t: TestContext, client: KubeClient, stateDir: string): Promise<void> {
  await client.create(configMaps, configMap("doomed", {}));
  const errors: Error[] = [];
  const cache = watchAll(client, configMaps, { onError: (error) => errors.push(error) });
  t.after(cache.stop);
  await cache.synced;

  const { parts } = await status(stateDir);
  process.kill(parts.find(({ name }) => name === "kube-apiserver")?.pid ?? 0, "SIGKILL");
  await eventually("the API server to be back", () => client.delete(configMaps, "doomed").then((deleted) => deleted || undefined));
  await eventually("the cache to notice", async () => (cache.get("doomed", "default") === undefined ? true : undefined));
  await client.create(configMaps, configMap("reborn", {}));
  await eventually("the cache to go on", async () => cache.get("reborn", "default"));
  assert.ok(errors.length > 0, "the consumer was told of the break");
}
