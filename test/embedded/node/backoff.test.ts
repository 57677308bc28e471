import assert from "node:assert/strict";
import { test } from "node:test";
import { backOffMs, failedAgain } from "../../../embedded/node/backoff.ts";

const seconds = (...counts: number[]) => counts.map((count) => backOffMs(count, "at once") / 1000);

test("a crashed container is started again at once, then after 10 s, doubling up to five minutes", () => {
  assert.deepEqual(seconds(1, 2, 3, 4, 5, 6, 7, 8, 50), [0, 10, 20, 40, 80, 160, 300, 300, 300]);
});

test("an image that is not there is looked for again after 10 s, then 20 s", () => {
  assert.deepEqual(
    [1, 2].map((count) => backOffMs(count, "after 10 s")),
    [10_000, 20_000],
  );
});

test("a container that ran for ten minutes starts its back-off over", () => {
  const before = { count: 5, at: 0 };
  assert.equal(failedAgain(before, 700_000, 599_999).count, 6);
  assert.equal(failedAgain(before, 700_000, 600_000).count, 1);
});
