import assert from "node:assert/strict";
import { test } from "node:test";
import { templateDigest } from "../../../components/service/template.ts";

test("the order of keys does not make another template", () => {
  assert.equal(templateDigest({ a: 1, b: { c: [1, 2], d: null } }), templateDigest({ b: { d: null, c: [1, 2] }, a: 1 }));
});

test("the order of a list does", () => {
  assert.notEqual(templateDigest({ args: ["a", "b"] }), templateDigest({ args: ["b", "a"] }));
});
