import assert from "node:assert/strict";
import { test } from "node:test";
import { sloRules } from "../../../../charts/slo/rules/index.ts";
import { goldenCases } from "./golden.ts";
import { refusal } from "./promtool.ts";

for (const { name, slo, options } of goldenCases("good")) {
  test(`Prometheus would load the rules of ${name}, and finds no two of them alike`, async (t) => {
    assert.equal(await refusal(t, sloRules([slo], options)), "");
  });
}
