// Sloth v0.16's form: https://github.com/slok/sloth. Its record names, labels, 17 rules and alert expressions, for those who run Sloth's boards or
// compare with it. It has Sloth's faults, too: the period is a mean of ratios, and a window without events is NaN.
import { countersOf } from "../counters.ts";
import type { Slo } from "../slo.ts";
import { ALERTS, alertLabels, annotationsOf, askedPairs } from "./alerts.ts";
import { currentBurnRule, periodRules, ratioRule, statementRules } from "./metadata.ts";
import { periodName, ratioRecord, recordOf, sloId, WINDOW_LABEL } from "./names.ts";
import type { AlertingRule, RecordingRule, RuleGroup } from "./ruleGroup.ts";
import { durationText } from "./units.ts";
import { daysOf, type Severity, type WindowPair, windowPairs, windowsOf } from "./windows.ts";

/** The label by which Sloth's alerts are routed. They have no burn_tier: each is any of two window pairs. */
export const SLOTH_SEVERITY_LABEL = "sloth_severity";

/** Of which Sloth makes the mean over the period. */
const SHORTEST = "5m";

/**
 * Rules of one SLO as Sloth writes them, without an interval of their own.
 * @throws Error for a calendar month, for time slices and for minEvents, which Sloth has not
 */
export function slothGroups(slo: Slo): readonly RuleGroup[] {
  assertKnown(slo);
  const pairs = windowPairs(daysOf(slo));
  const id = sloId(slo);
  return [
    { name: `sloth-slo-sli-recordings-${id}`, rules: ratioRules(slo, pairs) },
    { name: `sloth-slo-meta-recordings-${id}`, rules: [...statementRules(slo), currentBurnRule(slo, SHORTEST), ...periodRules(slo)] },
    { name: `sloth-slo-alerts-${id}`, rules: alerts(slo, pairs) },
  ];
}

function assertKnown(slo: Slo): void {
  const unknown = [
    ...("calendar" in slo.window ? ["calendar month"] : []),
    ...(slo.slices === undefined ? [] : ["time slices"]),
    ...((slo.minEvents ?? 0) === 0 ? [] : ["minEvents"]),
  ];
  if (unknown.length > 0) throw new Error(`SLO ${sloId(slo)}: Sloth's form has no ${unknown.join(", no ")}; use the exact form`);
}

function ratioRules(slo: Slo, pairs: readonly WindowPair[]): readonly RecordingRule[] {
  const { bad, total } = countersOf(slo.sli);
  const by = slo.grouping ?? [];
  const period = periodName(slo);
  const windows = windowsOf(pairs).map(durationText);
  const short = recordOf(slo, ratioRecord(SHORTEST));
  return [
    ...windows
      .filter((window) => window !== period)
      .map((window) => ratioRule(slo, window, `(${bad(window, by)})\n/\n(${total(window, by)})`)),
    ratioRule(slo, period, `sum_over_time(${short}[${period}])\n/ ignoring (${WINDOW_LABEL})\ncount_over_time(${short}[${period}])`),
  ];
}

/** One alert a severity, any of whose pairs fires it. */
function alerts(slo: Slo, pairs: readonly WindowPair[]): readonly AlertingRule[] {
  const bySeverity = Map.groupBy(askedPairs(slo, pairs), ({ severity }) => severity);
  return [...bySeverity].map(([severity, ofSeverity]) => ({
    alert: ALERTS.burn,
    expr: ofSeverity.map((pair) => `(\n${condition(slo, pair)}\n)`).join("\nor\n"),
    labels: { ...alertLabels(slo, severity, {}), [SLOTH_SEVERITY_LABEL]: severity },
    annotations: annotationsOf(slo, texts(severity)),
  }));
}

function condition(slo: Slo, { short, long, factor }: WindowPair): string {
  // As Sloth computes it, to the last bit: the alerts have to fire at the same sample.
  const budget = (100 - slo.objective) / 100;
  const above = (seconds: number) =>
    `max(${recordOf(slo, ratioRecord(durationText(seconds)))} > (${factor} * ${budget})) without (${WINDOW_LABEL})`;
  return `${above(short)}\nand\n${above(long)}`;
}

function texts(severity: Severity) {
  return {
    title: `(${severity}) {{ $labels.sloth_service }} {{ $labels.sloth_slo }}: the error budget burns too fast`,
    summary: "{{ $labels.sloth_service }} {{ $labels.sloth_slo }}: the error budget burns faster than the objective allows",
  };
}
