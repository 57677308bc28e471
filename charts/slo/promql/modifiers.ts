import { durationProblem } from "./durations.ts";
import { children, type Node, nodesOf, placeIn } from "./tree.ts";

const RANGES: readonly string[] = ["MatrixSelector", "SubqueryExpr"];
const SELECTORS: readonly string[] = ["VectorSelector", ...RANGES];
const MODIFIERS: readonly string[] = ["OffsetExpr", "StepInvariantExpr"];
const OPERATIONS: readonly string[] = ["BinaryExpr", "UnaryExpr"];

const NOT_SINGLE = "where single values are needed; put it into increase() or another function of a range";

/** What Prometheus would refuse of ranges, offsets and @, and of their durations: the grammar lets them stand behind anything. */
export function modifierProblem(text: string, root: Node): string | undefined {
  for (const node of nodesOf(root)) {
    const problem = rangeProblem(node) ?? offsetProblem(node);
    if (problem !== undefined) return problem.replace("%", () => `at ${placeIn(text, node.from)}`);
    const wrongDuration = durationProblem(text, node);
    if (wrongDuration !== undefined) return wrongDuration;
  }
  const [whole] = children(root);
  return whole !== undefined && RANGES.includes(within(whole).name)
    ? `has a range at ${placeIn(text, whole.from)} ${NOT_SINGLE}`
    : undefined;
}

/** A problem with % for its place. */
type Problem = string | undefined;

function rangeProblem(node: Node): Problem {
  const [operand] = RANGES.includes(node.name) ? children(node) : [];
  if (operand === undefined) return undefined;
  // Prometheus binds a range to the operand before it, the grammar to the whole operation.
  if (OPERATIONS.includes(operand.name)) return `has a range % ${NOT_SINGLE}`;
  if (node.name === "SubqueryExpr" || operand.name === "VectorSelector") return undefined;
  return MODIFIERS.includes(operand.name)
    ? "has a range behind an offset or @ %; write the range first"
    : "has a range behind something else than a selector %; write the range behind the metric, or a colon into it";
}

function offsetProblem(node: Node): Problem {
  if (!MODIFIERS.includes(node.name)) return undefined;
  const what = node.name === "OffsetExpr" ? "an offset" : "an @";
  let operand = modified(node);
  while (operand !== undefined && MODIFIERS.includes(operand.name)) {
    if (operand.name === node.name) return `has ${what} twice %; write one`;
    operand = modified(operand);
  }
  return operand === undefined || SELECTORS.includes(operand.name)
    ? undefined
    : `has ${what} behind something else than a selector %; write it behind the metric`;
}

/** What Prometheus binds a modifier to: of an operation the last operand. */
function modified(node: Node): Node | undefined {
  const [operand] = children(node);
  return operand !== undefined && OPERATIONS.includes(operand.name) ? children(operand).at(-1) : operand;
}

function within(node: Node): Node {
  const [inner] = children(node);
  return inner !== undefined && ["ParenExpr", ...MODIFIERS].includes(node.name) ? within(inner) : node;
}
