import assert from "node:assert/strict";
import { test } from "node:test";
import { resourcesIn } from "../../bench/scale/commands.ts";

test("resources are counted as pulumi tells them at its end", () => {
  assert.equal(resourcesIn("Outputs:\n  + urls: 7\n\nResources:\n    + 122 to create\n"), 122);
  assert.equal(resourcesIn("Resources:\n    + 122 created\n\nDuration: 9s"), 122);
  assert.equal(resourcesIn("Resources:\n    120 unchanged"), 120);
  assert.equal(resourcesIn("Resources:\n    + 2 to create\n    120 unchanged"), 122);
});
