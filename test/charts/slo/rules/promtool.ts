// Prometheus' own evaluation of rules over made-up series: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { RuleGroup } from "../../../../charts/slo/rules/index.ts";
import { temporaryFolder } from "../../../support/folder.ts";
import { promtoolComplaint } from "../../../support/promtool.ts";

export interface Trial {
  /** Evaluated in this order. */
  readonly groups: readonly RuleGroup[];
  /** Seconds between evaluations of every group: promtool does not look at a group's own interval. */
  readonly interval: number;
  /** Seconds between samples, the first at 0. */
  readonly scrape: number;
  /** Values in promtool's notation ("0+5x10", "_" for none) by series. */
  readonly series: Readonly<Record<string, string>>;
  readonly expect: readonly Expectation[];
}

export interface Expectation {
  /** Seconds since the first sample. */
  readonly at: number;
  readonly expr: string;
  /** The value of `sum(expr)`, to nine digits; undefined where the expression must give nothing at all. */
  readonly value: number | undefined;
}

/** @throws AssertionError with promtool's own words when an expression gives something else */
export async function evaluates(t: TestContext, { groups, interval, scrape, series, expect }: Trial): Promise<void> {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, "rules.yaml"), JSON.stringify({ groups }));
  const trial = {
    rule_files: ["rules.yaml"],
    evaluation_interval: `${interval}s`,
    group_eval_order: groups.map(({ name }) => name),
    tests: [
      {
        interval: `${scrape}s`,
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: expect.map(({ at, expr, value }) => ({
          expr: value === undefined ? `sum(${expr})` : nearly(`sum(${expr})`, value),
          eval_time: `${at}s`,
          exp_samples: value === undefined ? [] : [{ labels: "{}", value }],
        })),
      },
    ],
  };
  await writeFile(join(folder, "trial.yaml"), JSON.stringify(trial));
  assert.equal(await promtoolComplaint(["test", "rules", join(folder, "trial.yaml")]), "");
}

/** What promtool says against a file of these rules; empty where it would load them. */
export async function refusal(t: TestContext, groups: readonly RuleGroup[]): Promise<string> {
  const file = join(await temporaryFolder(t), "rules.yaml");
  await writeFile(file, JSON.stringify({ groups }));
  return promtoolComplaint(["check", "rules", "--lint=all", "--lint-fatal", file]);
}

/** The value itself where the expression is that close to it, else what the expression gives, for the message. */
function nearly(expr: string, value: number): string {
  return `(abs(${expr} - ${value}) < 1e-9) * 0 + ${value} or ${expr}`;
}
