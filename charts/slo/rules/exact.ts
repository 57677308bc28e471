// The default form: raw series are read once per interval, everything else is added up from what that reading gave.
import type { Slo } from "../slo.ts";
import { budgetAlerts, burnAlerts, noDataAlerts } from "./alerts.ts";
import { eventRules, SUM_SECONDS, sumRules } from "./counting.ts";
import { currentBurnRule, periodRules, statementRules } from "./metadata.ts";
import { periodName, sloId } from "./names.ts";
import { needsSums, periodRatio, windowRatio } from "./ratios.ts";
import type { RuleGroup } from "./ruleGroup.ts";
import { sliceGroup } from "./slices.ts";
import { durationText, HOUR, MINUTE } from "./units.ts";
import { daysOf, windowPairs, windowsOf } from "./windows.ts";

/** Longer windows change little within a minute. */
const LONGEST_QUICK = 6 * HOUR;

/**
 * Rules of one SLO. Events are counted every `interval` seconds by what their counters rose, exactly; windows and budget weigh every event the
 * same; a window without events has no ratio, which is told apart from a ratio of 0.
 */
export function exactGroups(slo: Slo, interval: number): readonly RuleGroup[] {
  // A window shorter than a slice holds none.
  const pairs = windowPairs(daysOf(slo)).filter(({ short }) => short >= (slo.slices?.seconds ?? 0));
  const windows = windowsOf(pairs).filter((window) => durationText(window) !== periodName(slo));
  const quick = windows.filter(isQuick);
  return [
    {
      name: `sluice-slo-${sloId(slo)}`,
      interval: durationText(interval),
      rules: [
        ...eventRules(slo, interval),
        ...quick.map((window) => windowRatio(slo, window)),
        ...statementRules(slo),
        ...quick.slice(0, 1).map((window) => currentBurnRule(slo, durationText(window))),
        ...burnAlerts(
          slo,
          pairs.filter(({ long }) => isQuick(long)),
        ),
        ...noDataAlerts(slo),
      ],
    },
    ...(slo.slices === undefined ? [] : [sliceGroup(slo, slo.slices)]),
    ...(needsSums(slo) ? [{ name: `sluice-slo-sums-${sloId(slo)}`, interval: durationText(SUM_SECONDS), rules: sumRules(slo) }] : []),
    {
      name: `sluice-slo-period-${sloId(slo)}`,
      interval: durationText(Math.max(interval, MINUTE)),
      rules: [
        ...windows.filter((window) => !isQuick(window)).map((window) => windowRatio(slo, window)),
        periodRatio(slo),
        ...periodRules(slo),
        ...burnAlerts(
          slo,
          pairs.filter(({ long }) => !isQuick(long)),
        ),
        ...budgetAlerts(slo),
      ],
    },
  ];
}

function isQuick(window: number): boolean {
  return window <= LONGEST_QUICK;
}
