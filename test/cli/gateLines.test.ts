import assert from "node:assert/strict";
import { test } from "node:test";
import { gateLine } from "../../cli/pulumi/gateLines.ts";

test("of what pulumi prints the gate's own lines are picked, without what stands before them", () => {
  const line = "echo 1.1.0  step 1/3 10%  look 1   E 0.87/100";
  assert.equal(gateLine(`    pulumi:pulumi:Stack sluice-local running ${line}`), line);
  assert.equal(gateLine(` +  pulumi:pulumi:Stack sluice-local creating (12s) ${line}`), line);
});

test("everything else is left out: other resources, errors, a status without a text, and the repetition under Diagnostics", () => {
  for (const line of [
    " +  kubernetes:core/v1:Service default/echo created (0.05s)",
    "    pulumi:pulumi:Stack sluice-local running error: update failed",
    " +  pulumi:pulumi:Stack sluice-local creating (0s) ",
    "    echo 1.1.0  step 1/3 10%  look 1",
  ]) {
    assert.equal(gateLine(line), undefined, line);
  }
});
