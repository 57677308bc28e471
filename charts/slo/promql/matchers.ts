import { RE2JS } from "re2js";
import { unquoted } from "./strings.ts";
import { children, type Node, nodesOf, placeIn } from "./tree.ts";

/** What Prometheus would refuse of the strings and selectors in an expression: the grammar lets all of it through. */
export function matcherProblem(text: string, root: Node): string | undefined {
  for (const node of nodesOf(root)) {
    const problem = node.name === "StringLiteral" ? stringProblem(text, node) : undefined;
    const found = problem ?? (node.name === "VectorSelector" ? ofSelector(text, node) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function stringProblem(text: string, { from, to }: Node): string | undefined {
  const literal = text.slice(from, to);
  return unquoted(literal) === undefined
    ? `has an escape in ${literal} at ${placeIn(text, from)} that Prometheus does not know; double its backslash, or put the string into backquotes`
    : undefined;
}

/** One condition in a selector's braces; of a metric's name alone, that it is the name. */
interface Written {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
  readonly at: string;
}

function ofSelector(text: string, selector: Node): string | undefined {
  const metric = selector.getChild("Identifier");
  const matchers = children(selector.getChild("LabelMatchers") ?? selector).flatMap((node) => writtenIn(text, node));
  for (const matcher of matchers) {
    const reason = patternProblem(matcher);
    if (reason !== undefined) return `has a regular expression for ${matcher.label} at ${matcher.at} that RE2 refuses: ${reason}`;
  }
  const named = matchers.filter(({ label, operator }) => label === "__name__" && operator === "=").length + (metric === null ? 0 : 1);
  if (named > 1) return `names two metrics at ${placeIn(text, selector.from)}; name one`;
  if (metric === null && matchers.every(matchesNothing))
    return `selects every series there is at ${placeIn(text, selector.from)}; name a metric`;
  return undefined;
}

function writtenIn(text: string, node: Node): readonly Written[] {
  const textOf = (part: Node | null | undefined) => (part ? text.slice(part.from, part.to) : "");
  const at = placeIn(text, node.from);
  if (node.name === "QuotedLabelName") return [{ label: "__name__", operator: "=", value: unquoted(textOf(node)) ?? "", at }];
  if (!node.name.endsWith("LabelMatcher")) return [];
  const [label, operator, value] = children(node);
  const name = label?.name === "QuotedLabelName" ? (unquoted(textOf(label)) ?? "") : textOf(label);
  return [{ label: name, operator: textOf(operator), value: unquoted(textOf(value)) ?? "", at }];
}

function patternProblem({ operator, value }: Written): string | undefined {
  if (!operator.endsWith("~")) return undefined;
  try {
    RE2JS.compile(value);
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace("error parsing regexp: ", "");
  }
}

/** Whether a series without the label passes. */
function matchesNothing({ operator, value }: Written): boolean {
  const matches = operator.endsWith("~") ? RE2JS.compile(value, RE2JS.DOTALL).matches("") : value === "";
  return operator.startsWith("!") ? !matches : matches;
}
