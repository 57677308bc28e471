// What boards read beside the ratios: the objective, its budget and what is left of it. Shared by both forms.
import type { Slo } from "../slo.ts";
import { idLabels, periodName, RECORDS, ratioRecord, recordOf, WINDOW_LABEL } from "./names.ts";
import type { Labels, RecordingRule } from "./ruleGroup.ts";
import { plain } from "./units.ts";

/** The labels of every record of an SLO. */
export function recordLabels(slo: Slo): Labels {
  return { ...idLabels(slo), ...slo.labels };
}

/** The record of the bad ratio over one window. */
export function ratioRule(slo: Slo, window: string, expr: string): RecordingRule {
  return { record: ratioRecord(window), expr, labels: { ...recordLabels(slo), [WINDOW_LABEL]: window } };
}

/** Objective, error budget, length of the period, and a record of 1 whose labels describe the SLO. */
export function statementRules(slo: Slo): readonly RecordingRule[] {
  const labels = recordLabels(slo);
  const target = plain(slo.objective / 100);
  return [
    { record: RECORDS.objective, expr: `vector(${target})`, labels },
    { record: RECORDS.budget, expr: `vector(1-${target})`, labels },
    { record: RECORDS.days, expr: "days" in slo.window ? `vector(${slo.window.days})` : "days_in_month()", labels },
    { record: RECORDS.info, expr: "vector(1)", labels: { ...labels, ...infoLabels(slo) } },
  ];
}

function infoLabels({ objective }: Slo): Labels {
  return { sloth_version: "v0.16.0", sloth_mode: "sluice", sloth_spec: "sluice/v1", sloth_objective: String(objective) };
}

/** How fast the budget goes over this window, the shortest there is: 1 spends it in exactly the period. */
export function currentBurnRule(slo: Slo, window: string): RecordingRule {
  return { record: RECORDS.currentBurn, expr: burn(slo, window), labels: recordLabels(slo) };
}

/** How much of the period's budget is spent, and how much is left: below 0 the objective is missed. */
export function periodRules(slo: Slo): readonly RecordingRule[] {
  const labels = recordLabels(slo);
  return [
    { record: RECORDS.periodBurn, expr: burn(slo, periodName(slo)), labels },
    { record: RECORDS.remaining, expr: `1 - ${recordOf(slo, RECORDS.periodBurn)}`, labels },
  ];
}

function burn(slo: Slo, window: string): string {
  const ratio = recordOf(slo, ratioRecord(window));
  return `${ratio}\n/ on(sloth_id, sloth_slo, sloth_service) group_left\n${recordOf(slo, RECORDS.budget)}`;
}
