// What Prometheus itself makes of the queries: promtool evaluates them over synthetic series, one sample a minute, and parses them.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import fc from "fast-check";
import { countersOf } from "../../../../charts/slo/index.ts";
import { checkRules } from "../../../../embedded/metrics/promtool.ts";
import { ensureTool } from "../../../../embedded/toolchain/index.ts";
import { temporaryFolder } from "../../../support/folder.ts";
import { anyGrouping, anyMatchers, anySli } from "./arbitraries.ts";
import { counted, type Samples } from "./counted.ts";
import { ACCEPTED, NOT_LOOKED_FOR, REFUSED, REFUSED_BY_US_ALONE } from "./expressions.ts";

const promtool = await ensureTool("promtool");

for (const { title, sli, by = [], series, bad, total } of counted) {
  test(title, async (t) => {
    const queries = countersOf(sli);
    await evaluate(t, series, { [queries.bad("10m", by)]: bad, [queries.total("10m", by)]: total });
  });
}

test("Prometheus' own parser takes the queries of whatever SLI", async () => {
  const rules = fc.sample(fc.tuple(anySli, anyMatchers, anyGrouping), 300).flatMap(([sli, matchers, by]) => {
    const { bad, total } = countersOf(sli, { matchers });
    return [bad("5m", by), total("5m", by)];
  });
  assert.equal(await refusal(rules), undefined);
});

test("Prometheus' own parser takes what ours take", async () => assert.equal(await refusal(ACCEPTED), undefined));

test("Prometheus would load what ours alone refuse", async () =>
  assert.equal(await refusal(REFUSED_BY_US_ALONE.map(([text]) => text)), undefined));

for (const text of [...REFUSED.map(([text]) => text), ...NOT_LOOKED_FOR])
  test(`Prometheus' own parser refuses ${JSON.stringify(text)}`, async () => assert.notEqual(await refusal([text]), undefined));

/** Fails with promtool's words where a query gives anything else after 20 minutes. */
async function evaluate(
  t: TestContext,
  series: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, Samples>>,
): Promise<void> {
  const file = join(await temporaryFolder(t), "test.yaml");
  const promql_expr_test = Object.entries(expected).map(([expr, samples]) => ({
    expr,
    eval_time: "20m",
    exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
  }));
  const input_series = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const tests = [{ interval: "1m", input_series, promql_expr_test }];
  await writeFile(file, JSON.stringify({ fuzzy_compare: true, tests }));
  await promisify(execFile)(promtool, ["test", "rules", file]);
}

function refusal(expressions: readonly string[]): Promise<string | undefined> {
  const rules = expressions.map((expr, index) => ({ record: `record_${index}`, expr }));
  return checkRules(promtool)([JSON.stringify({ groups: [{ name: "group", rules }] })]);
}
