import assert from "node:assert/strict";
import { test } from "node:test";
import { paced } from "../../../embedded/standIn/index.ts";

test("many requests are one run, and a request during a run is one more, never two at once", async () => {
  let [runs, atOnce] = [0, 0];
  const second = Promise.withResolvers<void>();
  const request = paced(
    async () => {
      assert.equal(++atOnce, 1);
      if (++runs === 1) for (let n = 0; n < 10; n++) request();
      else second.resolve();
      await new Promise(setImmediate);
      atOnce--;
    },
    { gatherMs: 1, restMs: 1 },
    second.reject,
  );
  for (let n = 0; n < 100; n++) request();
  await second.promise;
  assert.equal(runs, 2);
});

test("work that fails is told of", async () => {
  const failure = Promise.withResolvers<unknown>();
  paced(() => Promise.reject(new Error("disk full")), { gatherMs: 1, restMs: 1 }, failure.resolve)();
  assert.match(String(await failure.promise), /disk full/);
});
