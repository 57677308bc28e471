import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { stringify } from "yaml";
import { sloProblems } from "../../../../charts/slo/index.ts";
import { sloRules } from "../../../../charts/slo/rules/index.ts";
import { goldenCases } from "./golden.ts";

for (const { name, slo, options, outcome } of goldenCases("good")) {
  test(`${name} is a good SLO`, () => assert.deepEqual(sloProblems([slo]), []));

  test(`${name} gives exactly the rules in its file`, () =>
    isWritten(outcome, stringify({ groups: sloRules([slo], options) }, { aliasDuplicateObjects: false, lineWidth: 0 })));
}

for (const { name, slo, options, outcome } of goldenCases("bad")) {
  test(`${name} is refused in the words of its file`, () => isWritten(outcome, `${refusalOf(() => sloRules([slo], options))}\n`));
}

function refusalOf(make: () => unknown): string {
  try {
    return `no refusal: ${JSON.stringify(make())}`;
  } catch (error) {
    assert(error instanceof Error);
    return error.message;
  }
}

function isWritten(file: string, text: string): void {
  if (process.env.SLUICE_UPDATE_GOLDEN === "1") writeFileSync(file, text);
  assert.equal(text, existsSync(file) ? readFileSync(file, "utf8") : "");
}
