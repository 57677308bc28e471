import { type Node, nodesOf, placeIn } from "./tree.ts";

/** Prometheus 3.14 (promql/parser/functions.go, Experimental: true; aggregations: promql/parser/lex.go, IsExperimentalAggregator). */
const FUNCTIONS: readonly string[] = [
  "double_exponential_smoothing",
  "end",
  "histogram_quantiles",
  "info",
  "limit_ratio",
  "limitk",
  "mad_over_time",
  "max_of",
  "min_of",
  "range",
  "sort_by_label",
  "sort_by_label_desc",
  "start",
  "start_timestamp",
  "step",
  "ts_of_first_over_time",
  "ts_of_last_over_time",
  "ts_of_max_over_time",
  "ts_of_min_over_time",
];

const SYNTAX: Readonly<Record<string, string>> = { SmoothedExpr: "smoothed", AnchoredExpr: "anchored", FillModifier: "fill" };

/** What the grammar knows and Prometheus refuses unless a feature flag of its own switches it on. */
export function experimentalProblem(text: string, root: Node): string | undefined {
  for (const node of nodesOf(root)) {
    const what = experimentIn(text, node);
    if (what !== undefined)
      return `uses ${what} at ${placeIn(text, node.from)}, which Prometheus refuses unless a feature flag allows it; write it without`;
  }
  return undefined;
}

function experimentIn(text: string, node: Node): string | undefined {
  const called = node.name === "FunctionIdentifier" || node.name === "AggregateOp";
  const name = text.slice(node.from, node.to);
  return called && FUNCTIONS.includes(name.toLowerCase()) ? `${name}()` : SYNTAX[node.name];
}
