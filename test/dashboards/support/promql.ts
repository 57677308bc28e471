import { parser } from "@prometheus-io/lezer-promql";
import { expand } from "../../../cli/board/expand.ts";

type Node = ReturnType<typeof parser.parse>["topNode"];

/** A value for each variable of the boards, as it could stand in a query. */
const samples = {
  datasource: "prometheus",
  reporter: "source",
  namespace: "default",
  service: "echo",
  revision: "56dcb6d5df",
  __rate_interval: "1m",
  __range: "1h",
};

/** A board's query as Prometheus gets it. @throws CommandError for a variable that no board has */
export function asAsked(expr: string): string {
  return expand(expr, samples);
}

/** A selector in a query. */
export interface Selector {
  readonly metric: string;
  /** Labels it sets conditions on. */
  readonly labels: readonly string[];
  /** The innermost function around it. */
  readonly calledBy: string | undefined;
  /** The range behind it, as the board has it: "$__rate_interval". */
  readonly range: string | undefined;
}

/** Every selector of a board's query, from left to right. */
export function selectorsOf(expr: string): readonly Selector[] {
  // Of the same length, so that a place in the one is the same place in the other.
  const text = expr.replace(/\$__\w+/g, (variable) => `1m${" ".repeat(variable.length - 2)}`);
  const textOf = (node: Node | null | undefined) => (node ? expr.slice(node.from, node.to).trim() : undefined);
  return nodesOf(text, "VectorSelector").map((node) => {
    const matrix = node.parent?.name === "MatrixSelector" ? node.parent : undefined;
    return {
      metric: textOf(node.getChild("Identifier")) ?? "",
      labels: within(node, "LabelName").map((label) => textOf(label) ?? ""),
      calledBy: textOf(callAround(node)?.getChild("FunctionIdentifier")),
      range: matrix && expr.slice(node.to, matrix.to).replace(/[[\]\s]/g, ""),
    };
  });
}

/** Labels by which the query's sums and joins are made. */
export function groupingsOf(expr: string): readonly string[] {
  const text = asAsked(expr);
  return nodesOf(text, "GroupingLabels").flatMap((node) => within(node, "LabelName").map(({ from, to }) => text.slice(from, to)));
}

function callAround(node: Node): Node | undefined {
  for (let at = node.parent; at !== null; at = at.parent) if (at.name === "FunctionCall") return at;
  return undefined;
}

function nodesOf(text: string, name: string): readonly Node[] {
  return within(parser.parse(text).topNode, name);
}

function within(top: Node, name: string): readonly Node[] {
  const found: Node[] = [];
  top.cursor().iterate((at) => {
    if (at.name === name) found.push(at.node);
  });
  return found;
}
