import { spellingsOf } from "./buckets.ts";
import { metricsOf } from "./metrics.ts";
import { allEqual, type Matcher, narrowed, oneOf, selector } from "./selectors.ts";
import type { AvailabilitySli, CounterSli, LatencySli, Sli } from "./slo.ts";

/**
 * PromQL of what an SLI counts: the increase over `range` ("5m", "30d"), summed by the labels `by`. Each is closed in brackets where it
 * has to be, and can be divided, compared and joined as it stands.
 */
export interface CounterPair {
  /** Never missing where `total` exists, but for a classic histogram without the threshold's bucket: that is no data, not a good service. */
  bad(range: string, by: readonly string[]): string;
  total(range: string, by: readonly string[]): string;
}

export interface CounterOptions {
  /** Labels that pick some of the series, such as those of one revision. @default all series of the SLI */
  readonly matchers?: Readonly<Record<string, string>>;
}

/** The queries behind an SLI. It has to be one without problems (sloProblems). */
export function countersOf(sli: Sli, { matchers = {} }: CounterOptions = {}): CounterPair {
  const extra = allEqual(matchers);
  if (sli.type === "availability") return requestCounters(sli, extra);
  if (sli.type === "counters") return writtenCounters(sli, extra);
  return sli.native === true ? nativeDurations(sli, extra) : classicDurations(sli, extra);
}

function requestCounters({ from }: AvailabilitySli, extra: readonly Matcher[]): CounterPair {
  const { requests, failed, matchers } = metricsOf(from);
  const all = [...matchers, ...extra];
  return failures(selector(requests, [...all, failed]), selector(requests, all));
}

function writtenCounters(sli: CounterSli, extra: readonly Matcher[]): CounterPair {
  const total = narrowed(sli.total, extra);
  if ("bad" in sli) return failures(narrowed(sli.bad, extra), total);
  const good = failures(narrowed(sli.good, extra), total);
  return { total: good.total, bad: (range, by) => `(${good.total(range, by)} - ${good.bad(range, by)})` };
}

/** A counter that nothing has raised yet often does not exist: its increase is nought wherever there are events. */
function failures(bad: string, total: string): CounterPair {
  return {
    bad: (range, by) => `(${increase(bad, range, by)} or ${increase(total, range, by)} * 0)`,
    total: (range, by) => increase(total, range, by),
  };
}

function classicDurations({ from, thresholdMs }: LatencySli, extra: readonly Matcher[]): CounterPair {
  const { durations, perMillisecond, matchers } = metricsOf(from);
  const all = [...matchers, ...extra];
  const count = selector(`${durations}_count`, all);
  const inTime = selector(`${durations}_bucket`, [...all, oneOf("le", spellingsOf(inUnit(thresholdMs, perMillisecond)))]);
  return {
    bad: (range, by) => `(${increase(count, range, by)} - ${increase(inTime, range, by)})`,
    total: (range, by) => increase(count, range, by),
  };
}

function nativeDurations({ from, thresholdMs }: LatencySli, extra: readonly Matcher[]): CounterPair {
  const { durations, perMillisecond, matchers } = metricsOf(from);
  const histogram = selector(durations, [...matchers, ...extra]);
  const total = (range: string, by: readonly string[]) => `histogram_count(${increase(histogram, range, by)})`;
  const inTime = (range: string, by: readonly string[]) =>
    `histogram_fraction(0, ${inUnit(thresholdMs, perMillisecond)}, ${increase(histogram, range, by)})`;
  return {
    // The fraction of no events is NaN, which is not >= 0.
    bad: (range, by) => `(${total(range, by)} * (1 - ${inTime(range, by)}) >= 0 or ${total(range, by)} * 0)`,
    total,
  };
}

function increase(counter: string, range: string, by: readonly string[]): string {
  const grouped = by.length === 0 ? "" : ` by (${by.join(", ")}) `;
  return `sum${grouped}(increase(${counter}[${range}]))`;
}

/** Rounded so that 1100 ms are 1.1 s. */
function inUnit(thresholdMs: number, perMillisecond: number): number {
  return Number((thresholdMs * perMillisecond).toPrecision(12));
}
