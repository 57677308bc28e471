import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { indexByLabels, matches, namespacesOf } from "../../../embedded/metrics/selection.ts";
import type { LabelSelector, MonitorSpec } from "../../../embedded/metrics/spec.ts";

const labels = { app: "echo", tier: "web" };
for (const [what, selector, expected] of [
  ["an empty selector", {}, true],
  ["equal labels", { matchLabels: { app: "echo", tier: "web" } }, true],
  ["another value", { matchLabels: { app: "other" } }, false],
  ["a label that is not there", { matchLabels: { zone: "a" } }, false],
  ["In with the value", { matchExpressions: [{ key: "app", operator: "In", values: ["x", "echo"] }] }, true],
  ["In without the label", { matchExpressions: [{ key: "zone", operator: "In", values: ["a"] }] }, false],
  ["NotIn with another value", { matchExpressions: [{ key: "app", operator: "NotIn", values: ["x"] }] }, true],
  ["NotIn without the label", { matchExpressions: [{ key: "zone", operator: "NotIn", values: ["a"] }] }, true],
  ["Exists", { matchExpressions: [{ key: "zone", operator: "Exists" }] }, false],
  ["DoesNotExist", { matchExpressions: [{ key: "zone", operator: "DoesNotExist" }] }, true],
  ["one of two that does not hold", { matchLabels: { app: "echo" }, matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] }, false],
] satisfies [string, LabelSelector, boolean][]) {
  test(`a selector with ${what} ${expected ? "matches" : "does not match"}`, () => assert.equal(matches(selector, labels), expected));
}

test("the index finds just what a search through everything finds", () => {
  const word = fc.constantFrom("a", "b", "c");
  const someLabels = fc.dictionary(word, word, { maxKeys: 3 });
  const object = fc.record({ metadata: fc.record({ namespace: word, labels: someLabels }) });
  const selector: fc.Arbitrary<LabelSelector> = fc.record({
    matchLabels: someLabels,
    matchExpressions: fc.array(
      fc.record({ key: word, operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"), values: fc.array(word) }),
      { maxLength: 2 },
    ),
  });
  fc.assert(
    fc.property(fc.array(object), selector, fc.option(fc.array(word), { nil: undefined }), (objects, wanted, namespaces) => {
      const searched = objects.filter(
        ({ metadata }) => matches(wanted, metadata.labels) && (namespaces === undefined || namespaces.includes(metadata.namespace)),
      );
      const found = indexByLabels(objects).select(wanted, namespaces);
      assert.deepEqual(new Set(found), new Set(searched));
      assert.equal(found.length, searched.length);
    }),
  );
});

for (const [namespaceSelector, expected] of [
  [undefined, ["shop"]],
  [{}, ["shop"]],
  [{ matchNames: ["a", "b"] }, ["a", "b"]],
  [{ any: true, matchNames: ["a"] }, undefined],
] satisfies [MonitorSpec["namespaceSelector"], string[] | undefined][]) {
  test(`a monitor in shop with namespaceSelector ${JSON.stringify(namespaceSelector)} looks into ${expected?.join(" and ") ?? "all"}`, () => {
    assert.deepEqual(namespacesOf({ selector: {}, endpoints: [], namespaceSelector }, "shop"), expected);
  });
}
