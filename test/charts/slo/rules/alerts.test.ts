import assert from "node:assert/strict";
import { test } from "node:test";
import { type AlertingRule, sloRules } from "../../../../charts/slo/rules/index.ts";
import type { Slo } from "../../../../charts/slo/slo.ts";
import { jobs } from "./traffic.ts";

function alertsOf(slo: Slo): readonly AlertingRule[] {
  return sloRules([slo]).flatMap(({ rules }) => rules.filter((rule) => "alert" in rule));
}
const named = (slo: Slo) => alertsOf(slo).map(({ alert, labels }) => `${alert} ${labels.severity} ${labels.window ?? ""}`.trim());

test("an SLO that says nothing of alerts has one for each window pair and one for its budget", () =>
  assert.deepEqual(named(jobs), [
    "SloBurnRate page 1h",
    "SloBurnRate page 6h",
    "SloBurnRate ticket 1d",
    "SloBurnRate ticket 3d",
    "SloBudgetSpent ticket 30d",
  ]));

test("a severity that is not wanted has no alert", () => {
  assert.deepEqual(named({ ...jobs, alerting: { page: false } }), [
    "SloBurnRate ticket 1d",
    "SloBurnRate ticket 3d",
    "SloBudgetSpent ticket 30d",
  ]);
  assert.deepEqual(named({ ...jobs, alerting: { page: false, ticket: false } }), []);
});

test("a burn that cannot be, because it would be above 100 %, has no alert", () =>
  assert.deepEqual(named({ ...jobs, objective: 90 }), [
    "SloBurnRate page 6h",
    "SloBurnRate ticket 1d",
    "SloBurnRate ticket 3d",
    "SloBudgetSpent ticket 30d",
  ]));

test("of slices longer than a short window that window has no alert", () =>
  assert.deepEqual(named({ ...jobs, slices: { seconds: 3600, objective: 95 } }), [
    "SloBurnRate ticket 1d",
    "SloBurnRate ticket 3d",
    "SloBudgetSpent ticket 30d",
  ]));

test("an alert says what it means, where to look and who is concerned", () => {
  const alerting = { runbook: "https://runbooks.example.com/jobs", dashboard: "https://boards.example.com/jobs", labels: { team: "mail" } };
  const [first] = alertsOf({ ...jobs, alerting });
  assert.deepEqual(first?.labels, {
    severity: "page",
    slo: "done",
    service: "jobs",
    window: "1h",
    burn_tier: "page-quick",
    team: "mail",
  });
  assert.deepEqual(first?.annotations, {
    summary: "jobs/done spends its error budget at least 14.4 times as fast as it may",
    description:
      "{{ $value | humanizePercentage }} of events in the last 1 hour were bad; the objective allows 0.1%. It went on in the last 5 minutes. " +
      "At 14.4 times the allowed pace a full budget for 30 days is gone in 2 days 2 hours.",
    runbook_url: "https://runbooks.example.com/jobs",
    dashboard_url: "https://boards.example.com/jobs",
  });
});
