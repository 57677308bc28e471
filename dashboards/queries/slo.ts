// PromQL over the records that charts/slo makes of each SLO. Their names and labels are Sloth's.
import { RECORDS, ratioRecord } from "../../charts/slo/rules/index.ts";

const OF_SERVICE = 'sloth_service=~"$service"';

/** Windows of the ratio records of an SLO over 30 days, apart from these 30 days. */
export const WINDOWS = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] as const;
export type Window = (typeof WINDOWS)[number];

/** One value per SLO, also where it is split by labels of its own: then the worst of them. */
function worst(aggregation: "max" | "min", record: string): string {
  return `${aggregation} by (sloth_service, sloth_slo) (${record}{${OF_SERVICE}})`;
}

/** Share of bad events in the window. */
export function badShare(window: Window): string {
  return worst("max", ratioRecord(window));
}

/** How many times as fast as planned the budget is spent; at 1 it lasts just as long as the SLO's window. */
export function burnRate(window: Window): string {
  return `${badShare(window)} / ${BUDGET}`;
}

export const OBJECTIVE = worst("max", RECORDS.objective);
/** Share of events that may be bad. */
export const BUDGET = worst("max", RECORDS.budget);
/** Share of the budget that is left; negative once more than all of it is spent. */
export const BUDGET_LEFT = worst("min", RECORDS.remaining);
const PERIOD_SECONDS = `86400 * ${worst("max", RECORDS.days)}`;

/** Seconds until the budget is spent at the last hour's burn rate. An SLO that burns nothing has no such time. */
export const EXHAUSTED_IN = `clamp_min(${BUDGET_LEFT}, 0) * ${PERIOD_SECONDS} / (${burnRate("1h")} > 0)`;

export const SLOS = `count(${OBJECTIVE})`;
/** SLOs of which nothing was measured for an hour. */
export const SILENT_SLOS = `count(${OBJECTIVE} unless ${badShare("1h")}) or 0 * ${SLOS}`;
export const EXHAUSTED_SLOS = `count(${BUDGET_LEFT} <= 0) or 0 * ${SLOS}`;

/** Alerts that the rules of an SLO made. */
export const FIRING = 'ALERTS{alertstate="firing",slo!="",service=~"$service"}';

/** For the variable: services that have an SLO. */
export const SERVICES = `label_values(${RECORDS.objective}, sloth_service)`;
