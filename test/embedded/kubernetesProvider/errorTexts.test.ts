import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, Unreachable } from "../../../embedded/kubernetesProvider/apiClient.ts";
import { describe, mayNotWrite } from "../../../embedded/kubernetesProvider/errorTexts.ts";
import type { JsonObject } from "../../../embedded/kubernetesProvider/json.ts";

const object = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "echo", namespace: "default" } };
const text = (code: number, status: JsonObject) => describe("update", object, new ApiError(code, status)).message;

test("a conflict names each field with its owner and the two ways out", () => {
  const cause = (field: string) => ({ reason: "FieldManagerConflict", message: 'conflict with "kubectl-edit" using v1', field });
  assert.equal(
    text(409, { reason: "Conflict", message: "Apply failed", details: { causes: [cause(".data.a"), cause(".data.b")] } }),
    `update Deployment default/echo: 2 fields belong to another field manager and would be changed:
  .data.a: owned by "kubectl-edit" using v1
  .data.b: owned by "kubectl-edit" using v1
Take them over with the annotation pulumi.com/patchForce: "true", or leave them to their owner: take them out of the program or list them in ignoreChanges.`,
  );
});

test("an invalid object lists each field with its reason", () => {
  const causes = [
    { field: "spec.replicas", message: "Invalid value: -1: must be at least 0" },
    { field: "", message: "something else" },
  ];
  assert.equal(
    text(422, { reason: "Invalid", message: "long", details: { causes } }),
    "update Deployment default/echo: the API server finds it invalid:\n  spec.replicas: Invalid value: -1: must be at least 0\n  something else",
  );
});

const MESSAGES: Readonly<Record<string, readonly [number, JsonObject, RegExp]>> = {
  "fields the kind does not have, by strict decoding": [
    400,
    { message: 'strict decoding error: unknown field "spec.replicaz", duplicate field "spec.paused"' },
    /fields that apps\/v1 does not have.*\n {2}spec\.replicaz\n {2}spec\.paused \(given twice\)$/,
  ],
  "fields the kind does not have, by server-side apply": [
    500,
    {
      message:
        'failed to create typed patch object: errors:\n  .spec.replicaz: field not declared in schema\n  .spec.template.spec.containers[name="main"].imagee: field not declared in schema',
    },
    /\n {2}spec\.replicaz\n {2}spec\.template\.spec\.containers\[name="main"\]\.imagee$/,
  ],
  "an admission webhook's refusal in its own words": [
    403,
    { reason: "Forbidden", message: 'admission webhook "policy" denied the request: no latest tag' },
    /the API server forbids it: admission webhook "policy" denied the request: no latest tag/,
  ],
  "a namespace that is missing": [
    404,
    { reason: "NotFound", message: 'namespaces "shop" not found' },
    /namespaces "shop" not found; declare the namespace/,
  ],
  "an object that somebody deleted": [
    404,
    { reason: "NotFound", message: 'deployments.apps "echo" not found' },
    /run `pulumi refresh` first/,
  ],
  "anything else in the server's words": [500, { message: "etcd is full" }, /the API server refused it: etcd is full/],
};

for (const [sentence, [code, status, expected]] of Object.entries(MESSAGES)) {
  test(`an error tells ${sentence}`, () => assert.match(text(code, status), expected));
}

test("an error that is not the server's keeps its text and says what was tried on which object", () => {
  assert.equal(describe("read", object, new Unreachable("no answer")).message, "read Deployment default/echo: no answer");
});

test("a user who may not write at all is told from a write that is refused", () => {
  assert.ok(mayNotWrite(new ApiError(403, { message: 'configmaps is forbidden: User "x" cannot create resource "configmaps"' })));
  assert.ok(!mayNotWrite(new ApiError(403, { message: 'admission webhook "policy" denied the request' })));
});
