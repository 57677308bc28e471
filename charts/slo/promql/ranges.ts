import { children, type Node, nodesOf, placeIn } from "./tree.ts";

/** The functions that take a range of samples, beside all that end in _over_time. */
const RANGE_FUNCTIONS: readonly string[] = [
  "changes",
  "delta",
  "deriv",
  "double_exponential_smoothing",
  "idelta",
  "increase",
  "irate",
  "predict_linear",
  "rate",
  "resets",
];

const RANGES: readonly string[] = ["MatrixSelector", "SubqueryExpr"];
/** What may stand around an expression without making a range of it, or of a range anything else. */
const WRAPPERS: readonly string[] = ["ParenExpr", "OffsetExpr", "StepInvariantExpr", "AnchoredExpr", "SmoothedExpr"];

/** A range of samples where one value has to be, or the other way round: the grammar lets both through, Prometheus neither. */
export function rangeProblem(text: string, root: Node): string | undefined {
  for (const node of nodesOf(root)) {
    const at = placeIn(text, node.from);
    if (RANGES.includes(node.name) && !takesRange(text, around(node)))
      return `has a range at ${at} where single values are needed; put it into increase() or another function of a range`;
    const name = functionName(text, node);
    if (name !== undefined && isRangeFunction(name) && !argumentsOf(node).some((argument) => RANGES.includes(within(argument).name)))
      return `has no range in ${name}() at ${at}; write for example ${name}(requests_total[5m])`;
  }
  return undefined;
}

function takesRange(text: string, node: Node | null): boolean {
  const call = node?.name === "FunctionCallBody" ? node.parent : null;
  const name = call === null ? undefined : functionName(text, call);
  return name !== undefined && isRangeFunction(name);
}

function isRangeFunction(name: string): boolean {
  return name.endsWith("_over_time") || RANGE_FUNCTIONS.includes(name);
}

function functionName(text: string, node: Node): string | undefined {
  const name = node.name === "FunctionCall" ? node.firstChild : null;
  return name === null ? undefined : text.slice(name.from, name.to);
}

function argumentsOf(call: Node): readonly Node[] {
  return call.lastChild === null ? [] : children(call.lastChild);
}

function around(node: Node): Node | null {
  const { parent } = node;
  return parent !== null && WRAPPERS.includes(parent.name) ? around(parent) : parent;
}

function within(node: Node): Node {
  const [inner] = children(node);
  return inner !== undefined && WRAPPERS.includes(node.name) ? within(inner) : node;
}
