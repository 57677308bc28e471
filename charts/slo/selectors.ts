import { selectorProblem } from "./promql.ts";

/** One condition on a label, as PromQL writes it: `code=~"5.."`. */
export type Matcher = string;

export function equals(label: string, value: string): Matcher {
  return `${label}=${quoted(value)}`;
}

/** Matches the whole value: PromQL's regular expressions are anchored. @param pattern in RE2's syntax */
export function matches(label: string, pattern: string): Matcher {
  return `${label}=~${quoted(pattern)}`;
}

/** One of several values: by equality where it is only one, since that is what Prometheus finds fastest. */
export function oneOf(label: string, values: readonly string[]): Matcher {
  const [only = ""] = values;
  return values.length === 1 ? equals(label, only) : matches(label, values.map(escaped).join("|"));
}

export function allEqual(labels: Readonly<Record<string, string>>): readonly Matcher[] {
  return Object.entries(labels).map(([label, value]) => equals(label, value));
}

/** The instant selector of a metric's series: `up{job="echo"}`. */
export function selector(metric: string, matchers: readonly Matcher[]): string {
  return matchers.length === 0 ? metric : `${metric}{${matchers.join(",")}}`;
}

/** A hand-written instant selector with further conditions. @throws Error where it is not one; sloProblems tells that before */
export function narrowed(text: string, matchers: readonly Matcher[]): string {
  const problem = selectorProblem(text);
  if (problem !== undefined) throw new Error(`${text} ${problem}`);
  const written = text.trim();
  if (matchers.length === 0) return written;
  const [, metric = "", conditions = ""] = /^([^{]*)(?:\{([\s\S]*)\})?$/.exec(written) ?? [];
  return `${metric.trim()}{${[...matchers, conditions.trim()].filter((part) => part !== "").join(",")}}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
