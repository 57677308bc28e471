// What an SLO may hold beside PromQL: Prometheus' own check of its rules says the same as ours.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sloRules } from "../../../../charts/slo/rules/index.ts";
import type { Slo } from "../../../../charts/slo/slo.ts";
import { checkRules } from "../../../../embedded/metrics/promtool.ts";
import { ensureTool } from "../../../../embedded/toolchain/index.ts";
import { ACCEPTED_TEXTS, REFUSED_TEXTS, TEXTS_REFUSED_BY_US_ALONE } from "../model/alertTexts.ts";
import { jobs } from "./traffic.ts";

const promtool = await ensureTool("promtool");

for (const text of [...ACCEPTED_TEXTS, ...TEXTS_REFUSED_BY_US_ALONE])
  test(`Prometheus would load an alert with ${text}`, async () => assert.equal(await refusal(withNote(text)), undefined));

for (const [text] of REFUSED_TEXTS)
  test(`Prometheus refuses an alert with ${text}`, async () => assert.match((await refusal(withNote(text))) ?? "", /annotation "note"/));

test("Prometheus takes the longest window that is allowed, and none that is longer", async () => {
  assert.equal(await refusal({ ...jobs, window: { days: 106_751 } }), undefined);
  assert.match((await refusal({ ...jobs, window: { days: 106_752 } })) ?? "", /duration out of range/);
});

function withNote(note: string): Slo {
  return { ...jobs, alerting: { annotations: { note } } };
}

function refusal(slo: Slo): Promise<string | undefined> {
  return checkRules(promtool)([JSON.stringify({ groups: sloRules([slo]) })]);
}
