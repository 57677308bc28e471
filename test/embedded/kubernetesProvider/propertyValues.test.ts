import assert from "node:assert/strict";
import { test } from "node:test";
import {
  hasUnknowns,
  isSecret,
  keepSecrets,
  kubernetesKeys,
  plainObject,
  pulumiKeys,
  secret,
  UNKNOWN,
} from "../../../embedded/kubernetesProvider/propertyValues.ts";

test("secret marks come off at any depth, also around each other", () => {
  const marked = { spec: { tokens: [secret("a"), "b"], deep: secret({ password: secret("c") }) } };
  assert.deepEqual(plainObject(marked), { spec: { tokens: ["a", "b"], deep: { password: "c" } } });
});

test("what was secret in the inputs is secret in the outputs, and nothing else is", () => {
  const inputs = { spec: { password: secret("a"), user: "b" }, list: ["x", secret("y")] };
  const outputs = keepSecrets({ spec: { password: "a", user: "b", added: 1 }, list: ["y", "x"] }, inputs);
  assert.deepEqual(outputs, { spec: { password: secret("a"), user: "b", added: 1 }, list: secret(["y", "x"]) });
});

test("everything below a secret object is secret", () => {
  assert.deepEqual(keepSecrets({ spec: { a: 1 } }, { spec: secret({ a: 1 }) }), { spec: secret({ a: 1 }) });
});

test("the data of a Secret is secret even when the program did not say so", () => {
  const outputs = keepSecrets({ kind: "Secret", data: { a: "eA==" }, type: "Opaque" }, { kind: "Secret", stringData: { a: "x" } });
  assert.ok(isSecret(outputs.data));
  assert.equal(outputs.type, "Opaque");
});

test("one unknown value anywhere makes an object unknown, also inside a secret", () => {
  assert.ok(hasUnknowns({ a: [{ b: secret(UNKNOWN) }] }));
  assert.ok(!hasUnknowns({ a: [{ b: "known" }] }));
});

test("keys of OpenAPI extensions change their spelling on the way in and out", () => {
  const pulumi = { schema: { x_kubernetes_preserve_unknown_fields: true, items: [{ x_kubernetes_list_type: "map" }] } };
  const kubernetes = { schema: { "x-kubernetes-preserve-unknown-fields": true, items: [{ "x-kubernetes-list-type": "map" }] } };
  assert.deepEqual(kubernetesKeys(pulumi), kubernetes);
  assert.deepEqual(pulumiKeys(kubernetes), pulumi);
});
