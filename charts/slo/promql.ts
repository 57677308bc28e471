import { parser } from "@prometheus-io/lezer-promql";

type Tree = ReturnType<typeof parser.parse>;

/** The first thing in a PromQL expression that Prometheus would refuse, with its place; undefined where there is none. */
export function promqlProblem(text: string): string | undefined {
  return syntaxProblem(text, parser.parse(text));
}

/**
 * Why a text is not an instant selector such as `jobs_total{queue="mail"}`, as it stands behind that text; undefined where it is one.
 * Only a selector can be given a range and further labels.
 */
export function selectorProblem(text: string): string | undefined {
  const tree = parser.parse(text);
  const problem = syntaxProblem(text, tree);
  if (problem !== undefined) return problem;
  const node = tree.topNode.firstChild;
  return node?.name === "VectorSelector" && node.nextSibling === null
    ? undefined
    : 'is not an instant selector; write the counter alone, for example jobs_failed_total{queue="mail"}: its increase and sum are made from it';
}

/** The parser goes on after an error and puts a node where it was: the first one is what is wrong, later ones follow from it. */
function syntaxProblem(text: string, tree: Tree): string | undefined {
  let at: number | undefined;
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) at ??= from;
      return at === undefined;
    },
  });
  return at === undefined ? undefined : `is not PromQL: ${found(text, at)}`;
}

function found(text: string, at: number): string {
  const rest = text.slice(at).trim();
  if (rest === "") return text.trim() === "" ? "it is empty" : "it ends too early, something is not closed or not complete";
  const lines = text.slice(0, at).split("\n");
  const place = `${lines.length > 1 ? `line ${lines.length}, ` : ""}character ${(lines.at(-1)?.length ?? 0) + 1}`;
  return `unexpected ${JSON.stringify(rest.length > 20 ? `${rest.slice(0, 20)}...` : rest)} at ${place}`;
}
