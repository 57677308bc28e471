// Bad of all over every window, added up from what was counted once: each event weighs the same, and a window without events has no ratio.
import type { Slo } from "../slo.ts";
import { countedOf, sumOver } from "./counting.ts";
import { ratioRule } from "./metadata.ts";
import { MONTH_LABEL, periodName, type RecordPair, SUMS } from "./names.ts";
import type { RecordingRule } from "./ruleGroup.ts";
import { DAY, durationText } from "./units.ts";
import { daysOf } from "./windows.ts";

/** Longer windows are added up from sums of five minutes: a tenth of the samples, at most five minutes late. */
const LONGEST_COUNTED = DAY;

/** Longer than any month. */
const MONTH_REACH = 31 * DAY;

/** Whether any window of this SLO is added up from sums. */
export function needsSums(slo: Slo): boolean {
  return "calendar" in slo.window || daysOf(slo) * DAY > LONGEST_COUNTED;
}

/** The ratio over the last so many seconds. */
export function windowRatio(slo: Slo, seconds: number): RecordingRule {
  return ratioRule(slo, durationText(seconds), ratioOf(totalsOver(slo, seconds)));
}

/** The ratio over the SLO's own window. */
export function periodRatio(slo: Slo): RecordingRule {
  return ratioRule(slo, periodName(slo), ratioOf(totalsOverPeriod(slo)));
}

/** Bad and all over the SLO's own window. */
export function totalsOverPeriod(slo: Slo): RecordPair {
  if ("days" in slo.window) return totalsOver(slo, slo.window.days * DAY);
  const thisMonth = `on (${MONTH_LABEL}) group_left () count_values("${MONTH_LABEL}", month())`;
  const total = (record: string) => `sum without (${MONTH_LABEL}) (${sumOver(slo, record, MONTH_REACH)} * ${thisMonth})`;
  return { bad: total(SUMS.bad), total: total(SUMS.total) };
}

/** Bad and all over the last so many seconds. */
export function totalsOver(slo: Slo, seconds: number): RecordPair {
  const summed = seconds > LONGEST_COUNTED;
  const records = summed ? SUMS : countedOf(slo);
  const total = (record: string) => {
    const sum = sumOver(slo, record, seconds);
    return summed && "calendar" in slo.window ? `sum without (${MONTH_LABEL}) (${sum})` : sum;
  };
  return { bad: total(records.bad), total: total(records.total) };
}

function ratioOf({ bad, total }: RecordPair): string {
  // A pair of good and all events that are scraped apart can be off by a few for a moment.
  return `clamp_min(\n  ${bad}\n  /\n  (${total} > 0)\n, 0)`;
}
