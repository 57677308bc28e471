// What is counted once per interval, so that no window has to read raw series again.
import { countersOf } from "../counters.ts";
import type { Slo } from "../slo.ts";
import { exactIncrements, REACH } from "./increments.ts";
import { recordLabels } from "./metadata.ts";
import { EVENTS, MONTH_LABEL, type RecordPair, recordOf, SLICES, SUMS } from "./names.ts";
import type { RecordingRule } from "./ruleGroup.ts";
import { durationText, MINUTE, plain } from "./units.ts";

/** Length of the side-by-side sums that long windows are added up from. */
export const SUM_SECONDS = 5 * MINUTE;

/** Bad and all events since the evaluation before, `interval` seconds ago. */
export function eventRules(slo: Slo, interval: number): readonly RecordingRule[] {
  const labels = recordLabels(slo);
  const { bad, total } = eventsOf(slo, interval);
  // Where nothing was recorded for a long time the counters are older than what is watched: their first values are not events of now.
  // The comparison drops NaN, which would stay in every sum for as long as its window.
  const watched = `(scalar(count(last_over_time(${recordOf(slo, EVENTS.total)}[${REACH}])) or vector(0)) > bool 0)`;
  return [
    { record: EVENTS.bad, expr: `${bad}\n* ${watched} > -Inf`, labels },
    { record: EVENTS.total, expr: `${total}\n* ${watched} > -Inf`, labels },
  ];
}

function eventsOf({ sli, grouping = [] }: Slo, interval: number): RecordPair {
  const counters = countersOf(sli);
  if (sli.type === "latency" && sli.native === true) {
    // Histograms cannot be compared with what they were before, so this is an estimate: each interval's part of the last five minutes.
    const part = plain(interval / SUM_SECONDS);
    return { bad: `${counters.bad("5m", grouping)} * ${part}`, total: `${counters.total("5m", grouping)} * ${part}` };
  }
  const range = durationText(interval);
  return {
    bad: exactIncrements(counters.bad(range, grouping), interval),
    total: exactIncrements(counters.total(range, grouping), interval),
  };
}

/** Five minutes each, side by side; with their month where the period is one. */
export function sumRules(slo: Slo): readonly RecordingRule[] {
  const counted = countedOf(slo);
  const month = "calendar" in slo.window ? `\n* on () group_left (${MONTH_LABEL}) count_values("${MONTH_LABEL}", month())` : "";
  return (["bad", "total"] as const).map((which) => ({
    record: SUMS[which],
    expr: `${sumOver(slo, counted[which], SUM_SECONDS)}${month}`,
    labels: recordLabels(slo),
  }));
}

/** What the objective is about: events, or slices of time. */
export function countedOf({ slices }: Slo): RecordPair {
  return slices === undefined ? EVENTS : SLICES;
}

export function sumOver(slo: Slo, record: string, seconds: number): string {
  return `sum_over_time(${recordOf(slo, record)}[${durationText(seconds)}])`;
}
