import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldManagerOf, takenOver, withoutForeignFields } from "../../../embedded/kubernetesProvider/fieldManagers.ts";
import type { JsonObject } from "../../../embedded/kubernetesProvider/json.ts";

const entry = (operation: string, manager: string, fieldsV1: JsonObject, more: JsonObject = {}): JsonObject => ({
  operation,
  manager,
  apiVersion: "v1",
  fieldsV1,
  ...more,
});
const live = (...managedFields: JsonObject[]): JsonObject => ({ metadata: { managedFields } });

test("each resource has a field manager of its own, which stays, unless the program names one", () => {
  assert.equal(fieldManagerOf({}, "", "0123abcd"), "pulumi-kubernetes-0123abcd");
  assert.equal(fieldManagerOf({}, "pulumi-kubernetes-old", "0123abcd"), "pulumi-kubernetes-old");
  const named = { metadata: { annotations: { "pulumi.com/patchFieldManager": "mine" } } };
  assert.equal(fieldManagerOf(named, "pulumi-kubernetes-old", "0123abcd"), "mine");
});

test("the first apply takes over what kubectl and the official plugin's create own, and nothing of controllers", () => {
  const controller = entry("Update", "argo", { "f:spec": { "f:weight": {} } });
  const status = entry("Update", "kubectl", { "f:status": {} }, { subresource: "status" });
  const taken = takenOver(
    live(
      entry("Update", "pulumi-kubernetes", { "f:data": { "f:a": {} } }),
      entry("Update", "kubectl", { "f:data": { "f:b": {} } }),
      entry("Apply", "mine", { "f:data": { "f:c": {} } }),
      controller,
      status,
    ),
    "mine",
    "mine",
  );
  assert.deepEqual(taken, [entry("Apply", "mine", { "f:data": { "f:c": {}, "f:a": {}, "f:b": {} } }), controller, status]);
});

test("a manager that the program names takes over from the one before", () => {
  const before = live(entry("Apply", "pulumi-kubernetes-0123abcd", { "f:data": {} }));
  assert.deepEqual(takenOver(before, "mine", "pulumi-kubernetes-0123abcd"), [entry("Apply", "mine", { "f:data": {} })]);
});

test("with nothing to take over, the entries are left alone", () => {
  assert.equal(takenOver(live(entry("Apply", "mine", {}), entry("Update", "argo", {})), "mine", "mine"), undefined);
});

test("an ignored field that only others own is not sent; one that we own too is", () => {
  const inputs = { spec: { selector: { app: "echo" }, type: "ClusterIP", http: [{ weight: 100 }] } };
  const theirs = entry("Update", "argo", { "f:spec": { "f:selector": {}, "f:http": {}, "f:type": {} } });
  const mine = entry("Apply", "mine", { "f:spec": { "f:type": {} } });
  const send = (...ignored: string[]) => withoutForeignFields(inputs, live(theirs, mine), "mine", ignored);
  assert.deepEqual(send("spec.selector"), { spec: { type: "ClusterIP", http: [{ weight: 100 }] } });
  assert.deepEqual(send("spec.http[0].route[0].weight"), { spec: { selector: { app: "echo" }, type: "ClusterIP" } });
  assert.deepEqual(send("spec.type"), inputs);
  assert.deepEqual(send("spec.replicas"), inputs);
});
