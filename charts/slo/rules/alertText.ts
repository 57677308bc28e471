// Alerts in words, for somebody who was just woken. `{{ }}` is filled in by Prometheus.
import type { Slo } from "../slo.ts";
import type { Labels } from "./ruleGroup.ts";
import { DAY, plain, spelledDuration } from "./units.ts";
import { daysOf, type WindowPair } from "./windows.ts";

/** How fast the budget goes, what is allowed, and when it would be gone. */
export function burnText(slo: Slo, { long, short, factor }: WindowPair): Labels {
  const pace = plain(factor, 3);
  return {
    summary: `${subject(slo)} spends its error budget at least ${pace} times as fast as it may`,
    description:
      `{{ $value | humanizePercentage }} of ${counted(slo)} in the last ${spelledDuration(long)} were bad; the objective allows ${allowed(slo)}. ` +
      `It went on in the last ${spelledDuration(short)}. At ${pace} times the allowed pace a full budget for ${period(slo)} ` +
      `is gone in ${spelledDuration((daysOf(slo) * DAY) / factor)}.`,
  };
}

/** That the objective is missed. */
export function budgetText(slo: Slo): Labels {
  return {
    summary: `${subject(slo)} has spent its error budget for ${period(slo)}`,
    description: `More than the allowed ${allowed(slo)} of ${counted(slo)} were bad: ${slo.objective}% good are missed over ${period(slo)}. {{ $value | humanizePercentage }} of the budget is left; below 0 it is overspent.`,
  };
}

/** That nobody knows how the service is. */
export function noDataText(slo: Slo): Labels {
  return {
    summary: `${subject(slo)} has no data`,
    description:
      "No request was counted for ten minutes and more: the service gets none, or its metrics are not collected. Until that is mended no other alert of this SLO can fire.",
  };
}

function subject({ service, name, grouping = [] }: Slo): string {
  return [`${service}/${name}`, ...grouping.map((label) => `${label}={{ $labels.${label} }}`)].join(" ");
}

function counted({ slices }: Slo): string {
  return slices === undefined ? "events" : `slices of ${spelledDuration(slices.seconds)}`;
}

function allowed({ objective }: Slo): string {
  return `${plain(100 - objective)}%`;
}

function period({ window }: Slo): string {
  return "days" in window ? spelledDuration(window.days * DAY) : "this month";
}
