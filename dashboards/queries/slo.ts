// PromQL over the records that charts/slo makes of each SLO. Their names and labels are Sloth's.
const OF_SERVICE = 'sloth_service=~"$service"';
const ID = "sloth_service, sloth_slo";

/** Windows of the ratio records, apart from the SLO's own. */
export const WINDOWS = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] as const;
export type Window = (typeof WINDOWS)[number];

/** One value per SLO, also where it is split by labels of its own: then the worst of them. */
function worst(aggregation: "max" | "min", record: string): string {
  return `${aggregation} by (${ID}) (${record}{${OF_SERVICE}})`;
}

/** Share of bad events in the window. */
export function badShare(window: Window): string {
  return worst("max", `slo:sli_error:ratio_rate${window}`);
}

/** How many times as fast as planned the budget is spent; at 1 it lasts just as long as the SLO's window. */
export function burnRate(window: Window): string {
  return `${badShare(window)} / ${BUDGET}`;
}

export const OBJECTIVE = worst("max", "slo:objective:ratio");
/** Share of events that may be bad. */
export const BUDGET = worst("max", "slo:error_budget:ratio");
/** Share of the budget that is left; negative once more than all of it is spent. */
export const BUDGET_LEFT = worst("min", "slo:period_error_budget_remaining:ratio");
const PERIOD_SECONDS = `86400 * ${worst("max", "slo:time_period:days")}`;

/** Seconds until the budget is spent at the last hour's burn rate. An SLO that burns nothing has no such time. */
export const EXHAUSTED_IN = `clamp_min(${BUDGET_LEFT}, 0) * ${PERIOD_SECONDS} / (${burnRate("1h")} > 0)`;

/** SLOs that are stated, and those of them that nothing has been measured of for an hour. */
export const SLOS = `count(slo:objective:ratio{${OF_SERVICE}})`;
export const SILENT_SLOS = `count(${OBJECTIVE} unless ${badShare("1h")}) or 0 * ${SLOS}`;
export const EXHAUSTED_SLOS = `count(${BUDGET_LEFT} <= 0) or 0 * ${SLOS}`;

export const FIRING = `ALERTS{alertstate="firing",${OF_SERVICE}}`;

export const SERVICES = "label_values(slo:objective:ratio, sloth_service)";
