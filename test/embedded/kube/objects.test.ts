import assert from "node:assert/strict";
import { test } from "node:test";
import { defineResource, keyOf } from "../../../embedded/kube/index.ts";
import { pathOf } from "../../../embedded/kube/objects.ts";

const pods = defineResource("v1", "Pod", "pods");
const rollouts = defineResource("argoproj.io/v1alpha1", "Rollout", "rollouts");
const nodes = defineResource("v1", "Node", "nodes", { namespaced: false });

for (const [what, path, expected] of [
  ["a pod of a namespace", pathOf(pods, "shop", "echo-1"), "/api/v1/namespaces/shop/pods/echo-1"],
  ["pods of all namespaces", pathOf(pods), "/api/v1/pods"],
  ["rollouts of a namespace", pathOf(rollouts, "shop"), "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts"],
  ["a node, which has no namespace", pathOf(nodes, "default", "local"), "/api/v1/nodes/local"],
  ["a name with characters of a path", pathOf(nodes, undefined, "a/b"), "/api/v1/nodes/a%2Fb"],
] as const) {
  test(`the path of ${what}`, () => assert.equal(path, expected));
}

test("objects of two namespaces with one name have two keys", () => {
  assert.equal(keyOf({ metadata: { namespace: "a", name: "x" } }), "a/x");
  assert.equal(keyOf({ metadata: { name: "x" } }), "x");
});

for (const value of [null, "pod", [], {}, { metadata: {} }, { metadata: { name: 3 } }]) {
  test(`${JSON.stringify(value)} is not taken for an object`, () => assert.equal(pods.is(value), false));
}
