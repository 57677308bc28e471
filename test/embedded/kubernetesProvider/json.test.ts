import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatPath, parsePath, same, without, withValue } from "../../../embedded/kubernetesProvider/json.ts";

test("a path is written as Pulumi writes it", () => {
  assert.equal(formatPath(["spec", "ports", 0, "port"]), "spec.ports[0].port");
  assert.equal(formatPath(["metadata", "labels", "app.kubernetes.io/name"]), 'metadata.labels["app.kubernetes.io/name"]');
});

test("every path that is written is read back as it was", () => {
  const step = fc.oneof(fc.stringMatching(/^[A-Za-z./"[\]-]+$/), fc.nat(20));
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]+$/), fc.array(step), (head, rest) =>
      assert.deepEqual(parsePath(formatPath([head, ...rest])), [head, ...rest]),
    ),
  );
});

test("a value is put in and taken out without touching the original", () => {
  const object = { metadata: { name: "a" } };
  const labelled = withValue(object, ["metadata", "labels", "app"], "x");
  assert.deepEqual(labelled, { metadata: { name: "a", labels: { app: "x" } } });
  assert.deepEqual(without(labelled, ["metadata", "labels"]), object);
  assert.equal(without(object, ["spec", "replicas"]), object);
});

test("the order of keys makes no difference, the order of items does", () => {
  assert.ok(same({ a: 1, b: [1, { c: 2, d: 3 }] }, { b: [1, { d: 3, c: 2 }], a: 1 }));
  assert.ok(!same([1, 2], [2, 1]));
  assert.ok(!same({ a: 1 }, { a: 1, b: 2 }));
});
