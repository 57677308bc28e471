// What somebody is told: one alert for each window pair, so that it says how fast the budget goes; the budget is spent; there is no data.
import type { Slo } from "../slo.ts";
import { budgetText, burnText, noDataText } from "./alertText.ts";
import { sumOver } from "./counting.ts";
import { recordLabels } from "./metadata.ts";
import { EVENTS, periodName, RECORDS, ratioRecord, recordOf, WINDOW_LABEL } from "./names.ts";
import { totalsOver, totalsOverPeriod } from "./ratios.ts";
import type { AlertingRule, Labels } from "./ruleGroup.ts";
import { durationText, MINUTE, plain } from "./units.ts";
import type { Severity, WindowPair } from "./windows.ts";

export const ALERTS = { burn: "SloBurnRate", spent: "SloBudgetSpent", noData: "SloNoData" } as const;

/** The label that tells how fast the budget goes, one of BURN_TIERS. */
export const TIER_LABEL = "burn_tier";

/** Without requests for this long there is no data. */
const NO_DATA_SECONDS = 10 * MINUTE;

/** An alert for each of these pairs that the SLO asks for. A pair whose threshold is above 100 % could never fire and is left out. */
export function burnAlerts(slo: Slo, pairs: readonly WindowPair[]): readonly AlertingRule[] {
  const possible = pairs.filter(({ factor }) => factor * budgetOf(slo) < 1);
  return askedPairs(slo, possible).map((pair) => burnAlert(slo, pair));
}

/** That the budget of the period is spent: for those who plan, nobody is woken. */
export function budgetAlerts(slo: Slo): readonly AlertingRule[] {
  if (slo.alerting?.ticket === false) return [];
  const labels = alertLabels(slo, "ticket", { window: periodName(slo) });
  const expr = [`${recordOf(slo, RECORDS.remaining)} <= 0`, ...enough(slo, totalsOverPeriod(slo).total)].join("\n");
  return [{ alert: ALERTS.spent, expr, for: "5m", labels, annotations: annotationsOf(slo, budgetText(slo)) }];
}

/** That no events are counted, where the SLO asks for it. */
export function noDataAlerts(slo: Slo): readonly AlertingRule[] {
  if (slo.alerting?.absent !== true) return [];
  return [
    {
      alert: ALERTS.noData,
      expr: `absent(sum(${sumOver(slo, EVENTS.total, NO_DATA_SECONDS)}) > 0)`,
      for: "5m",
      // Nothing is there that it could have its labels from.
      labels: { ...recordLabels(slo), ...alertLabels(slo, "ticket", {}) },
      annotations: annotationsOf(slo, noDataText(slo)),
    },
  ];
}

/** The pairs of those severities that the SLO wants to be told of. */
export function askedPairs({ alerting = {} }: Slo, pairs: readonly WindowPair[]): readonly WindowPair[] {
  return pairs.filter(({ severity }) => alerting[severity] !== false);
}

/** The labels that alerts are routed and found by. */
export function alertLabels(slo: Slo, severity: Severity, more: Labels): Labels {
  return { severity, slo: slo.name, service: slo.service, ...more, ...slo.alerting?.labels };
}

/** Links and an alert's own words; the SLO's annotations win. */
export function annotationsOf({ alerting = {} }: Slo, texts: Labels): Labels {
  return {
    ...texts,
    ...(alerting.runbook === undefined ? {} : { runbook_url: alerting.runbook }),
    ...(alerting.dashboard === undefined ? {} : { dashboard_url: alerting.dashboard }),
    ...alerting.annotations,
  };
}

/** The part of all events that may be bad. */
export function budgetOf({ objective }: Slo): number {
  return plain(1 - objective / 100);
}

function burnAlert(slo: Slo, pair: WindowPair): AlertingRule {
  const threshold = `${plain(pair.factor)} * ${budgetOf(slo)}`;
  const above = (seconds: number) => `${recordOf(slo, ratioRecord(durationText(seconds)))} > ${threshold}`;
  const events = slo.slices === undefined ? totalsOver(slo, pair.long).total : sumOver(slo, EVENTS.total, pair.long);
  const conditions = [above(pair.long), `and ignoring (${WINDOW_LABEL})`, above(pair.short), ...enough(slo, events)];
  return {
    alert: ALERTS.burn,
    expr: conditions.join("\n"),
    labels: alertLabels(slo, pair.severity, { window: durationText(pair.long), [TIER_LABEL]: pair.tier }),
    annotations: annotationsOf(slo, burnText(slo, pair)),
  };
}

/** So that one failure of three does not wake anybody. */
function enough({ minEvents = 0 }: Slo, events: string): readonly string[] {
  return minEvents === 0 ? [] : [`and ignoring (${WINDOW_LABEL})`, `${events} >= ${minEvents}`];
}
