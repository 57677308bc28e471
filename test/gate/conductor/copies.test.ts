// The route for copies that comes into a VirtualService and goes again.
import assert from "node:assert/strict";
import test from "node:test";
import { copiesPatch } from "../../../gate/conductor/copies.ts";

const route = [
  { destination: { host: "echo-stable" }, weight: 100 },
  { destination: { host: "echo-canary" }, weight: 0 },
];
const retries = { attempts: 2, retryOn: "connect-failure" };
const primary = { name: "primary", route, retries };
const virtualService = (http: readonly unknown[]) => ({
  metadata: { resourceVersion: "7", name: "echo" },
  spec: { hosts: ["echo"], http },
});
const copies = { host: "echo-canary", subset: "canary", percent: 50 };
const copied = {
  name: "copied",
  match: [{ method: { exact: "GET" } }, { method: { exact: "HEAD" } }],
  mirror: { host: "echo-canary", subset: "canary" },
  mirrorPercentage: { value: 50 },
  ...{ route, retries },
};

test("copies are made by a route before the others, for methods that change nothing, and users are served as before", () => {
  const expected = { metadata: { resourceVersion: "7" }, spec: { http: [copied, primary] } };
  assert.deepEqual(copiesPatch(virtualService([primary]), copies), expected);
});

test("when the copies end the routes are what they were", () => {
  const expected = { metadata: { resourceVersion: "7" }, spec: { http: [primary] } };
  assert.deepEqual(copiesPatch(virtualService([copied, primary]), undefined), expected);
});

test("a route of another share, which an earlier conductor left, is replaced", () => {
  const left = { ...copied, mirrorPercentage: { value: 100 } };
  const expected = { metadata: { resourceVersion: "7" }, spec: { http: [copied, primary] } };
  assert.deepEqual(copiesPatch(virtualService([left, primary]), copies), expected);
});

test("where nothing is to be changed nothing is written", () => {
  const patch = copiesPatch(virtualService([primary]), copies);
  assert.ok(typeof patch === "object" && patch !== null && "spec" in patch);
  assert.equal(copiesPatch({ metadata: { resourceVersion: "8" }, spec: patch.spec }, copies), undefined);
  assert.equal(copiesPatch(virtualService([primary]), undefined), undefined);
});
