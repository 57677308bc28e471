import assert from "node:assert/strict";
import { test } from "node:test";
import { parseQuantity } from "../../../embedded/kube/index.ts";

for (const [text, expected] of [
  ["250m", 0.25],
  ["2", 2],
  ["1.5", 1.5],
  ["64Mi", 67_108_864],
  ["1e3", 1000],
  ["5k", 5000],
] as const) {
  test(`the quantity ${text} is ${expected}`, () => {
    assert.equal(parseQuantity(text), expected);
  });
}

test("what is not a quantity is refused", () => {
  assert.throws(() => parseQuantity("12 apples"), /"12 apples" is not a quantity/);
});
