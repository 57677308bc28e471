// Alerts of the platform's parts, over made-up series: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type Alert, alertsManifest } from "../../charts/alerts/index.ts";
import { temporaryFolder } from "./folder.ts";
import { promtoolComplaint } from "./promtool.ts";

type Labels = Readonly<Record<string, string>>;

/** One state of the world, and what an alert makes of it. */
export interface AlertCase {
  readonly alert: string;
  /** What goes on, as it stands behind the alert's name: "when one of two replicas is down". */
  readonly when: string;
  /** Values by series in promtool's notation, one sample a minute: "1+0x20" stands still, "0+5x20" rises, "_x20" is not there. */
  readonly series: Labels;
  /** Minutes since the first sample at which one looks. */
  readonly atMinutes: number;
  /** The labels, without those every alert of the part has, of each alert that is firing; empty where none may be. */
  readonly firing: readonly Labels[];
}

/**
 * Tests of a part's alerts: that Prometheus loads them, that each case holds, that every alert has a case in which it fires and one in which it does not,
 * and that their texts name only labels they have.
 */
export function testAlerts(part: string, alerts: readonly Alert[], cases: readonly AlertCase[]): void {
  test(`Prometheus would load the alerts of ${part}, and finds no two of them alike`, async (t) => {
    const file = await rulesFile(t, part, alerts);
    assert.equal(await promtoolComplaint(["check", "rules", "--lint=all", "--lint-fatal", file]), "");
  });
  for (const alert of alerts) testTexts(alert, cases);
  for (const one of cases) {
    test(`${one.alert} ${one.firing.length > 0 ? "fires" : "is silent"} ${one.when}`, (t) => holds(t, part, alerts, one));
  }
}

function testTexts({ name, summary, description }: Alert, cases: readonly AlertCase[]): void {
  const own = cases.filter(({ alert }) => alert === name);
  test(`${name} has a case in which it fires and one in which it does not`, () => {
    assert.ok(own.some(({ firing }) => firing.length > 0) && own.some(({ firing }) => firing.length === 0));
  });
  test(`the texts of ${name} name only labels it has`, () => {
    const named = [...`${summary} ${description}`.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label ?? "");
    for (const labels of own.flatMap(({ firing }) => firing)) assert.deepEqual(named.filter((label) => !(label in labels)).sort(), []);
  });
}

async function holds(
  t: TestContext,
  part: string,
  alerts: readonly Alert[],
  { alert, series, atMinutes, firing }: AlertCase,
): Promise<void> {
  const severity = alerts.find(({ name }) => name === alert)?.severity;
  assert.ok(severity, `${part} has no alert ${alert}`);
  const rules = await rulesFile(t, part, alerts);
  const expected = firing.map((labels) => ({ alertname: alert, alertstate: "firing", part, severity, ...labels }));
  const trial = {
    rule_files: [rules],
    evaluation_interval: "1m",
    tests: [
      {
        interval: "1m",
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          {
            expr: `ALERTS{alertname="${alert}",alertstate="firing"}`,
            eval_time: `${atMinutes}m`,
            exp_samples: expected.map((labels) => ({ labels: `ALERTS${selector(labels)}`, value: 1 })),
          },
        ],
      },
    ],
  };
  const file = `${rules}.trial`;
  await writeFile(file, JSON.stringify(trial));
  assert.equal(await promtoolComplaint(["test", "rules", file]), "");
}

async function rulesFile(t: TestContext, part: string, alerts: readonly Alert[]): Promise<string> {
  const file = join(await temporaryFolder(t), "rules.yaml");
  await writeFile(file, JSON.stringify(alertsManifest(part, "observability", alerts).spec));
  return file;
}

function selector(labels: Labels): string {
  return `{${Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)}}`;
}
