// The boards' queries as Prometheus itself evaluates them.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { expand } from "../../cli/board/expand.ts";
import { checkRules } from "../../embedded/metrics/promtool.ts";
import { ensureTool } from "../../embedded/toolchain/index.ts";
import { temporaryFolder } from "../support/folder.ts";
import { meanings } from "./meaning.ts";
import { allBoards, queriesOf } from "./support/boards.ts";
import { asAsked } from "./support/promql.ts";

const promtool = await ensureTool("promtool");

/** One sample a minute: a rate is taken over four of them. */
const values = { reporter: "source", namespace: "default", service: "echo", revision: "[a-z0-9]+", __rate_interval: "4m", __range: "1h" };

for (const { title, series, query, minute, says } of meanings) {
  test(title, async (t) => {
    const exp_samples = Object.entries(says).map(([labels, value]) => ({ labels, value }));
    const promql_expr_test = [{ expr: expand(query, values), eval_time: `${minute}m`, exp_samples }];
    const input_series = Object.entries(series).map(([name, samples]) => ({ series: name, values: samples }));
    const file = join(await temporaryFolder(t), "test.yaml");
    await writeFile(file, JSON.stringify({ fuzzy_compare: true, tests: [{ interval: "1m", input_series, promql_expr_test }] }));
    await promisify(execFile)(promtool, ["test", "rules", file]);
  });
}

test("Prometheus' own parser takes every query of every board", async () => {
  const rules = allBoards.flatMap((board) =>
    queriesOf(board).map(({ expr }, index) => ({ record: `${board.name}_${index}`, expr: asAsked(expr) })),
  );
  assert.equal(await checkRules(promtool)([JSON.stringify({ groups: [{ name: "boards", rules }] })]), undefined);
});
