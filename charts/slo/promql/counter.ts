import { children, type Node, parse } from "./tree.ts";

/**
 * The counter in a query that sums its rate or increase, such as `sum(rate(jobs_total[5m]))`: for documents of other tools, which write the
 * whole query. @returns undefined where a query is anything else, so that nothing of its meaning is lost
 */
export function counterIn(query: string): string | undefined {
  const root = parse(query);
  const [expression, ...rest] = children(root);
  const selector = expression === undefined || rest.length > 0 ? undefined : unwrapped(query, expression);
  return selector === undefined ? undefined : query.slice(selector.from, selector.to);
}

function unwrapped(query: string, node: Node): Node | undefined {
  const parts = children(node);
  const [first, second] = parts;
  if (node.name === "VectorSelector") return node;
  if (node.name === "ParenExpr" && first !== undefined) return unwrapped(query, first);
  // Its second part is the arguments: with a `by` or `without` there would be a third.
  const called = first !== undefined && second !== undefined && parts.length === 2 ? onlyChild(second) : undefined;
  if (first === undefined || called === undefined) return undefined;
  const name = query.slice(first.from, first.to);
  if (node.name === "AggregateExpr" && name === "sum") return unwrapped(query, called);
  const counts = node.name === "FunctionCall" && (name === "rate" || name === "increase");
  const [selector] = children(called);
  return counts && called.name === "MatrixSelector" && selector?.name === "VectorSelector" ? selector : undefined;
}

function onlyChild(node: Node): Node | undefined {
  const [only, ...others] = children(node);
  return others.length === 0 ? only : undefined;
}
