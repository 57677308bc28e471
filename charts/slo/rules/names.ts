// Every record and label of the rules. Nothing else spells one. Those that Sloth has as well bear Sloth's names, so that boards made for Sloth work.
import type { Slo } from "../slo.ts";
import type { Labels } from "./ruleGroup.ts";
import { durationText } from "./units.ts";

/** The label that tells a ratio's window: "5m", "30d", "month". */
export const WINDOW_LABEL = "sloth_window";

/** The label of five-minute sums that tells their month, 1 to 12; only those of a calendar month's SLO have it. */
export const MONTH_LABEL = "sloth_month";

export const RECORDS = {
  objective: "slo:objective:ratio",
  budget: "slo:error_budget:ratio",
  days: "slo:time_period:days",
  currentBurn: "slo:current_burn_rate:ratio",
  periodBurn: "slo:period_burn_rate:ratio",
  remaining: "slo:period_error_budget_remaining:ratio",
  info: "sloth_slo_info",
} as const;

/** A pair of records: what was bad, and all of it. */
export interface RecordPair {
  readonly bad: string;
  readonly total: string;
}

/** Events since the evaluation before. */
export const EVENTS: RecordPair = { bad: "slo:sli_bad:increase", total: "slo:sli_total:increase" };

/** For objectives over time: slices that had events, 1 each. */
export const SLICES: RecordPair = { bad: "slo:slice_bad:count", total: "slo:slice_total:count" };

/** Events, or slices, of five minutes each, side by side: what long windows are added up from. */
export const SUMS: RecordPair = { bad: "slo:sli_bad:sum5m", total: "slo:sli_total:sum5m" };

/** Name of the ratio of bad events over a window, which is one of "5m", "30m" ... or "month". */
export function ratioRecord(window: string): string {
  return `slo:sli_error:ratio_rate${window}`;
}

/** What the SLO's window is called in names and labels. */
export function periodName({ window }: Slo): string {
  return "days" in window ? durationText(window.days * 86_400) : window.calendar;
}

/** What tells an SLO from all others. */
export function sloId({ service, name }: Slo): string {
  return `${service}-${name}`;
}

/** The labels that every record of an SLO has, and that its rules find them by. */
export function idLabels(slo: Slo): Labels {
  return { sloth_id: sloId(slo), sloth_service: slo.service, sloth_slo: slo.name };
}

/** A record of this SLO, as a selector. */
export function recordOf(slo: Slo, record: string): string {
  const matchers = Object.entries(idLabels(slo)).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${record}{${matchers.join(", ")}}`;
}
