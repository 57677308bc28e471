import { parser } from "@prometheus-io/lezer-promql";

/** How far back the sample before is looked for, so that a target which was not reached for a while is not counted from nought. */
export const REACH = "1h";

/** Most seconds that are left to a scrape to arrive: its samples bear the time it began. */
const MOST_SETTLING = 10;

/**
 * Counts what a counter rose by since the evaluation before, instead of PromQL's `increase`: each `increase(counter[...])` in the
 * expression becomes (last value of now) - (last value of the evaluation before). These differences add up to exactly what was counted:
 * nothing is extrapolated, nothing lies between two windows, and the first value of a new series counts (`increase` begins at the second). A
 * restart loses what was counted between the evaluation before and it.
 * @param interval seconds between evaluations
 */
export function exactIncrements(promql: string, interval: number): string {
  return increasesIn(promql).reduceRight(
    (text, { from, to, counter }) => text.slice(0, from) + rise(counter, interval) + text.slice(to),
    promql,
  );
}

function rise(counter: string, interval: number): string {
  const settling = Math.min(interval, MOST_SETTLING);
  const now = `last_over_time(${counter}[${interval}s] offset ${settling}s)`;
  const before = `last_over_time(${counter}[${REACH}] offset ${interval + settling}s)`;
  // A counter that fell began anew from nought, and one that was not there before began at nought.
  return `(${now} - ${before} >= 0 or ${now})`;
}

interface Increase {
  readonly from: number;
  readonly to: number;
  readonly counter: string;
}

/** In their order; none is within another. */
function increasesIn(promql: string): readonly Increase[] {
  const found: Increase[] = [];
  parser.parse(promql).iterate({
    enter: ({ name, from, to, node }) => {
      const selector = node.getChild("FunctionCallBody")?.getChild("MatrixSelector")?.getChild("VectorSelector");
      if (name !== "FunctionCall" || !selector || node.getChild("FunctionIdentifier")?.getChild("Increase") === null) return;
      found.push({ from, to, counter: promql.slice(selector.from, selector.to) });
    },
  });
  return found;
}
