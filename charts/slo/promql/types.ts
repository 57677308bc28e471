import { createRequire } from "node:module";
import { children, type Node, nodesOf, placeIn } from "./tree.ts";

const require = createRequire(import.meta.url);

type State = typeof import("@codemirror/state", { with: { "resolution-mode": "require" }});
type Language = typeof import("@codemirror/language", { with: { "resolution-mode": "require" }});
type Promql = typeof import("@prometheus-io/codemirror-promql");
type Checker = typeof import("@prometheus-io/codemirror-promql/dist/cjs/parser/parser.js");

/** Aggregations with a parameter before what they aggregate. */
const WITH_PARAMETER: readonly string[] = ["bottomk", "count_values", "limit_ratio", "limitk", "quantile", "topk"];

/**
 * The first mistake in types or arguments of an expression without errors of syntax, by the checker that Prometheus publishes for its web pages.
 * It is made for an editor and takes a tenth of a second to load, so it is loaded for the first whole expression that somebody wrote.
 */
export function typeProblem(text: string, root: Node): string | undefined {
  const { EditorState }: State = require("@codemirror/state");
  const { ensureSyntaxTree }: Language = require("@codemirror/language");
  const { LanguageType, promQLLanguage }: Promql = require("@prometheus-io/codemirror-promql");
  const { Parser }: Checker = require("@prometheus-io/codemirror-promql/dist/cjs/parser/parser.js");
  const state = EditorState.create({ doc: text, extensions: promQLLanguage(LanguageType.PromQL) });
  // A state is parsed for some milliseconds and no longer, as an editor wants it; what was parsed since is the tree of the state after it.
  ensureSyntaxTree(state, text.length, Number.POSITIVE_INFINITY);
  const checker = new Parser(state.update({}).state);
  checker.analyze();
  const [first] = checker.getDiagnostics().filter(({ severity }) => severity === "error");
  return first === undefined ? argumentProblem(text, root) : told(text, first);
}

/** Its words, with the names of types as Prometheus documents them. */
function told(text: string, { message, from }: { readonly message: string; readonly from: number }): string {
  const spelled = message.replace(/\bmatrix\b/g, "range vector").replace(/(?<=(?:type|got) )vector\b/g, "instant vector");
  return `would be refused by Prometheus at ${placeIn(text, from)}: ${spelled}${remedyOf(message)}`;
}

function remedyOf(message: string): string {
  if (message.includes("expected type matrix")) return "; give it a range, for example requests_total[5m]";
  return message.endsWith("got matrix") ? "; put the range into increase() or another function of a range" : "";
}

/** The one count that the checker leaves out. */
function argumentProblem(text: string, root: Node): string | undefined {
  for (const node of nodesOf(root)) {
    const [operator] = node.name === "AggregateExpr" ? children(node) : [];
    if (operator === undefined) continue;
    const name = text.slice(operator.from, operator.to);
    const wanted = WITH_PARAMETER.includes(name.toLowerCase()) ? 2 : 1;
    const got = children(node.getChild("FunctionCallBody") ?? node).length;
    if (got !== wanted)
      return `would be refused by Prometheus at ${placeIn(text, node.from)}: expected ${wanted} argument(s) in ${name}(), got ${got}`;
  }
  return undefined;
}
