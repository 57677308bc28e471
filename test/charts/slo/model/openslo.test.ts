import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAllDocuments, stringify } from "yaml";
import { countersOf, promqlProblem, readOpenSlo } from "../../../../charts/slo/index.ts";
import { goldenCases } from "./golden.ts";

function documentsIn(text: string): readonly unknown[] {
  return parseAllDocuments(text).map((document) => document.toJS());
}

// golden/openslo/good and golden/openslo/bad hold OpenSLO documents, with the SLOs that they state and with what is wrong with them.
for (const { name, text, expected } of goldenCases("openslo/good")) {
  test(`good OpenSLO ${name} is understood`, () => {
    const read = readOpenSlo(documentsIn(text));
    assert.ok("slos" in read, JSON.stringify(read));
    const actual = stringify(read.slos, { aliasDuplicateObjects: false, lineWidth: 0 });
    assert.equal(actual, expected(actual));
    for (const { sli } of read.slos) assert.equal(promqlProblem(countersOf(sli).bad("5m", [])), undefined);
  });
}

for (const { name, text, expected } of goldenCases("openslo/bad")) {
  test(`bad OpenSLO ${name}: every problem is told, with its document, path, value, rule and remedy`, () => {
    const read = readOpenSlo(documentsIn(text));
    assert.ok("problems" in read, "was taken for good");
    const actual = read.problems
      .map(({ document, path, reason }) => `${[document, path, reason].filter((part) => part !== "").join(": ")}\n`)
      .join("");
    assert.equal(actual, expected(actual));
  });
}

test("a parser that makes dates of dates is as good as one that does not", () => {
  const startTime = new Date("2026-01-01T00:00:00Z");
  const [document] = documentsIn(goldenCases("openslo/good").find(({ name }) => name === "calendar")?.text ?? "");
  const read = readOpenSlo([withStart(document, startTime)]);
  assert.ok("slos" in read, JSON.stringify(read));
  assert.deepEqual(read.slos[0]?.window, { calendar: "month" });
});

test("nothing is read from nothing", () => assert.deepEqual(readOpenSlo([]), { slos: [] }));

function withStart(document: unknown, startTime: Date): unknown {
  return JSON.parse(JSON.stringify(document), (key, value) => (key === "startTime" ? startTime : value));
}
