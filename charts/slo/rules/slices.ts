import type { Slo, TimeSlices } from "../slo.ts";
import { sumOver } from "./counting.ts";
import { recordLabels } from "./metadata.ts";
import { EVENTS, recordOf, SLICES, sloId } from "./names.ts";
import type { RuleGroup } from "./ruleGroup.ts";
import { durationText, plain } from "./units.ts";

/**
 * Good and bad slices of time, one evaluation each: a slice is bad when too many of its events were. One without events is neither good nor
 * bad and counts nowhere.
 */
export function sliceGroup(slo: Slo, { seconds, objective }: TimeSlices): RuleGroup {
  const bad = sumOver(slo, EVENTS.bad, seconds);
  const total = sumOver(slo, EVENTS.total, seconds);
  const labels = recordLabels(slo);
  return {
    name: `sluice-slo-slices-${sloId(slo)}`,
    interval: durationText(seconds),
    rules: [
      { record: SLICES.bad, expr: `${bad} / (${total} > 0) > bool ${plain(1 - objective / 100)}`, labels },
      { record: SLICES.total, expr: `${recordOf(slo, SLICES.bad)} >= bool 0`, labels },
    ],
  };
}
