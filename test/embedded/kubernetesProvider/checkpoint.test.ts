import assert from "node:assert/strict";
import { test } from "node:test";
import {
  checkpointProperties,
  importedInputs,
  inputsFrom,
  previewOf,
  readCheckpoint,
} from "../../../embedded/kubernetesProvider/checkpoint.ts";
import { isUnknown, secret } from "../../../embedded/kubernetesProvider/propertyValues.ts";

test("a checkpoint is read back as it was written, secrets plain, without the field managers' bookkeeping", () => {
  const inputs = { kind: "Thing", spec: { password: "p" } };
  const live = { apiVersion: "example.com/v1", ...inputs, metadata: { name: "x" }, status: { ready: true } };
  const checkpoint = { inputs, live, initialApiVersion: "example.com/v1", fieldManager: "pulumi-kubernetes-0123abcd" };
  const withBookkeeping = { ...checkpoint, live: { ...live, metadata: { name: "x", managedFields: [{ manager: "m" }] } } };
  const properties = checkpointProperties(withBookkeeping, { spec: { password: secret("p") } });
  assert.deepEqual(properties.spec, { password: secret("p") });
  assert.deepEqual(readCheckpoint(properties), checkpoint);
});

test("state without our own fields, as of an import, is read as nothing applied yet", () => {
  assert.deepEqual(readCheckpoint({ apiVersion: "v1", kind: "Service" }), {
    inputs: {},
    live: { apiVersion: "v1", kind: "Service" },
    initialApiVersion: "v1",
    fieldManager: "",
  });
});

test("a refresh takes over changed values and leaves out what the program does not set", () => {
  const inputs = { spec: { replicas: 1, ports: [{ port: 80 }], gone: "x" } };
  const live = { spec: { replicas: 3, ports: [{ port: 80, protocol: "TCP" }, { port: 81 }], type: "ClusterIP" }, status: {} };
  assert.deepEqual(inputsFrom(live, inputs), { spec: { replicas: 3, ports: [{ port: 80 }] } });
});

test("a refresh keeps what only looks different: amounts in other units, empty values that the server leaves out", () => {
  const inputs = { limits: { cpu: "1000m" }, env: [], hostNetwork: false, emptyDir: {}, note: "" };
  assert.deepEqual(inputsFrom({ limits: { cpu: "1" } }, inputs), inputs);
});

test("a refresh reads a Secret's stringData out of its data", () => {
  const inputs = { kind: "Secret", stringData: { a: "x", b: "y" } };
  const live = { kind: "Secret", data: { a: btoa("changed"), b: btoa("y"), c: btoa("z") } };
  assert.deepEqual(inputsFrom(live, inputs), { kind: "Secret", stringData: { a: "changed", b: "y" } });
});

test("an import takes neither status nor what the server alone writes", () => {
  const live = { kind: "Service", metadata: { name: "x", uid: "u", labels: { a: "b" }, managedFields: [] }, spec: {}, status: {} };
  assert.deepEqual(importedInputs(live), { kind: "Service", metadata: { name: "x", labels: { a: "b" } }, spec: {} });
});

test("a preview does not believe values that the dry run made up", () => {
  const preview = previewOf(
    { metadata: { name: "x", uid: "u" }, spec: { clusterIP: "10.0.0.7", type: "ClusterIP" }, status: {} },
    { spec: {} },
  );
  assert.ok(isUnknown((preview.spec as { clusterIP: string }).clusterIP));
  assert.equal(preview.status, undefined);
  const headless = previewOf({ spec: { clusterIP: "None" } }, { spec: { clusterIP: "None" } });
  assert.deepEqual(headless, { spec: { clusterIP: "None" } });
});
