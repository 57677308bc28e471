import assert from "node:assert/strict";
import { test } from "node:test";
import { templateProblem } from "../../../../charts/slo/checks/template.ts";
import { sloProblems } from "../../../../charts/slo/index.ts";
import { jobs } from "../rules/traffic.ts";
import { ACCEPTED_TEXTS, REFUSED_TEXTS, TEXTS_REFUSED_BY_US_ALONE } from "./alertTexts.ts";

for (const text of ACCEPTED_TEXTS) test(`${text}: a text of an alert`, () => assert.equal(templateProblem(text), undefined));

for (const [text, reason] of REFUSED_TEXTS)
  test(`${text} ${reason}`, () => assert.equal(templateProblem(text)?.replace(/; write for example .*/, ""), reason));

for (const text of TEXTS_REFUSED_BY_US_ALONE) test(`${text} is not understood`, () => assert.notEqual(templateProblem(text), undefined));

test("every text of an alert is checked, each with its path", () => {
  const text = "https://example.com/{{";
  const alerting = { runbook: text, dashboard: text, labels: { team: text }, annotations: { note: text } };
  assert.deepEqual(
    sloProblems([{ ...jobs, alerting, labels: { team: text } }]).map(({ path }) => path),
    ["alerting.runbook", "alerting.dashboard", "alerting.labels.team", "alerting.annotations.note", "labels.team"].map(
      (key) => `slos[0].${key}`,
    ),
  );
});
