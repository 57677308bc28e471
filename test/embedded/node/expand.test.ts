import assert from "node:assert/strict";
import { test } from "node:test";
import { expand } from "../../../embedded/node/expand.ts";

for (const [text, expected] of [
  ["http://$(HOST):$(PORT)/", "http://127.0.0.1:80/"],
  ["$(UNKNOWN)", "$(UNKNOWN)"],
  ["$$(HOST)", "$(HOST)"],
  ["$HOST $ (HOST)", "$HOST $ (HOST)"],
  ["$$$(PORT)", "$80"],
] as const) {
  test(`${text} becomes ${expected}`, () => {
    assert.equal(expand(text, { HOST: "127.0.0.1", PORT: "80" }), expected);
  });
}
