import assert from "node:assert/strict";
import { test } from "node:test";
import { propagationPolicy } from "../../../embedded/kubernetesProvider/remove.ts";

const object = (apiVersion: string, kind: string, annotations = {}) => ({ apiVersion, kind, metadata: { annotations } });

test("what owns pods, or may own anything, goes after what it owns", () => {
  for (const [apiVersion, kind] of [
    ["apps/v1", "Deployment"],
    ["argoproj.io/v1alpha1", "Rollout"],
    ["example.com/v1", "Thing"],
    ["v1", "ReplicationController"],
  ] as const) {
    assert.equal(propagationPolicy(object(apiVersion, kind)), "Foreground", kind);
  }
});

test("what owns nothing goes at once, without the garbage collector", () => {
  assert.equal(propagationPolicy(object("v1", "Service")), "Background");
  assert.equal(propagationPolicy(object("networking.istio.io/v1", "VirtualService")), "Background");
});

test("the program may say otherwise by annotation", () => {
  const annotation = { "pulumi.com/deletionPropagationPolicy": "Orphan" };
  assert.equal(propagationPolicy(object("apps/v1", "Deployment", annotation)), "Orphan");
});
