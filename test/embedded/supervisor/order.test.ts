import assert from "node:assert/strict";
import { test } from "node:test";
import { usersFirst } from "../../../embedded/supervisor/order.ts";

const part = (name: string, ...needs: string[]) => ({ name, needs });

test("each part comes once, after all that need it", async () => {
  const order: string[] = [];
  const parts = [part("etcd"), part("api", "etcd"), part("argo", "api"), part("mesh", "api"), part("envoy", "mesh")];
  await usersFirst(parts, async ({ name }) => void order.push(name));
  assert.equal(order.length, 5);
  for (const { name, needs } of parts)
    for (const need of needs) assert.ok(order.indexOf(name) < order.indexOf(need), `${name} before ${need}`);
});

test("parts that have nothing to do with each other do not wait for each other", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await usersFirst([part("waits"), part("frees")], async ({ name }) => (name === "waits" ? promise : resolve()));
});

test("a need that is not among the parts does not matter", async () => {
  await usersFirst([part("argo", "api")], async () => undefined);
});
