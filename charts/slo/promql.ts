import { experimentalProblem } from "./promql/experimental.ts";
import { matcherProblem } from "./promql/matchers.ts";
import { modifierProblem } from "./promql/modifiers.ts";
import { children, type Node, nodesOf, parse, placeIn } from "./promql/tree.ts";
import { typeProblem } from "./promql/types.ts";

/**
 * What is wrong with a PromQL expression that is to give single values, with its place, as it stands behind the text; undefined if all is well. What
 * Prometheus refuses by default is refused, and beyond it a range as the whole expression, of which no rule and no panel can be made. How it is known, and
 * what is not looked for: docs/decisions/promql-checks.md.
 */
export function promqlProblem(text: string): string | undefined {
  const root = parse(text);
  return (
    syntaxProblem(text, root) ??
    matcherProblem(text, root) ??
    modifierProblem(text, root) ??
    experimentalProblem(text, root) ??
    typeProblem(text, root)
  );
}

/**
 * Why a text is not an instant selector such as `jobs_total{queue="mail"}`, as it stands behind that text; undefined where it is one.
 * Only a selector can be given a range and further labels.
 */
export function selectorProblem(text: string): string | undefined {
  const root = parse(text);
  const problem = syntaxProblem(text, root) ?? matcherProblem(text, root);
  if (problem !== undefined) return problem;
  const [only, ...others] = children(root);
  // A comment would swallow what is written behind the selector.
  const commented = [...nodesOf(root)].some(({ name }) => name === "LineComment");
  return only?.name === "VectorSelector" && others.length === 0 && !commented
    ? undefined
    : 'is not an instant selector; write the counter alone, for example jobs_failed_total{queue="mail"}: its increase and sum are made from it';
}

/** The parser goes on after an error and leaves a node where it was: the first one is what is wrong, later ones follow from it. */
function syntaxProblem(text: string, root: Node): string | undefined {
  for (const { type, from } of nodesOf(root)) if (type.isError) return `is not PromQL: ${unexpected(text, from)}`;
  return undefined;
}

function unexpected(text: string, at: number): string {
  const rest = text.slice(at).trim();
  if (rest === "") return text.trim() === "" ? "it is empty" : "it ends where more has to follow: something is not closed or not complete";
  return `unexpected ${JSON.stringify(rest.length > 20 ? `${rest.slice(0, 20)}...` : rest)} at ${placeIn(text, at)}`;
}
