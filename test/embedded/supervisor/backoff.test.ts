import assert from "node:assert/strict";
import { test } from "node:test";
import { backoffSeconds, failuresInARow } from "../../../embedded/supervisor/backoff.ts";

test("the wait doubles with each failure in a row, up to ten seconds", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 50].map(backoffSeconds), [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10]);
});

test("a part that was ready for a while starts again at once, one that was not waits longer", () => {
  assert.equal(failuresInARow(5, 30), 1);
  assert.equal(failuresInARow(5, 29), 6);
  assert.equal(failuresInARow(0, 0), 1);
});
