import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../embedded/kubernetesProvider/apiClient.ts";
import { discovery } from "../../../embedded/kubernetesProvider/discovery.ts";
import type { JsonObject } from "../../../embedded/kubernetesProvider/json.ts";

/** An API server that has one group, whose list of kinds a test may change, and that counts what it is asked. */
function server(resources: JsonObject[]) {
  const asked: string[] = [];
  const found = discovery(async ({ path }) => {
    asked.push(path);
    if (path !== "/apis/example.com/v1" && path !== "/api/v1") throw new ApiError(404, {});
    return { resources };
  });
  return { asked, found };
}

const resource = (name: string, kind: string, namespaced: boolean): JsonObject => ({ name, kind, namespaced });
const kind = (name: string) => ({ group: "example.com", version: "v1", kind: name });

test("a kind's path has its namespace, unless objects of it live outside of namespaces", async () => {
  const { found } = server([
    resource("things", "Thing", true),
    resource("things/status", "Thing", true),
    resource("worlds", "World", false),
  ]);
  const [thing, world] = [await found.find(kind("Thing")), await found.find(kind("World"))];
  assert.equal(thing?.object({ namespace: "shop", name: "a" }), "/apis/example.com/v1/namespaces/shop/things/a");
  assert.equal(world?.object({ namespace: "shop", name: "a" }), "/apis/example.com/v1/worlds/a");
});

test("the server is asked once for a group, however many look at the same time", async () => {
  const { asked, found } = server([resource("things", "Thing", true)]);
  await found.find(kind("Thing"));
  await Promise.all([found.find(kind("Thing")), found.find(kind("Thing"))]);
  assert.deepEqual(asked, ["/apis/example.com/v1"]);
});

test("a missing kind is asked for again, because its definition may have come", async () => {
  const resources = [resource("things", "Thing", true)];
  const { found } = server(resources);
  assert.equal(await found.find(kind("World")), undefined);
  resources.push(resource("worlds", "World", false));
  assert.equal((await found.find(kind("World")))?.namespaced, false);
});

test("before a definition is created, its declaration tells the scope of its kind", async () => {
  const { found } = server([]);
  const elsewhere = { group: "new.example.com", version: "v1", kind: "Planet" };
  assert.equal(await found.isNamespaced(elsewhere), undefined);
  found.declare({ spec: { group: "new.example.com", scope: "Cluster", names: { kind: "Planet" } } });
  assert.equal(await found.isNamespaced(elsewhere), false);
});
