import { parser } from "@prometheus-io/lezer-promql";

/** A place in the syntax tree of an expression. */
export type Node = ReturnType<typeof parser.parse>["topNode"];

/** The root of an expression's syntax tree. There always is one: the parser marks errors and goes on. */
export function parse(text: string): Node {
  return parser.parse(text).topNode;
}

export function children(node: Node): readonly Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

/** A node and everything below it, in the order of the text. */
export function* nodesOf(node: Node): Iterable<Node> {
  yield node;
  for (const child of children(node)) yield* nodesOf(child);
}

/** "character 5", or "line 2, character 5" where there are several lines. */
export function placeIn(text: string, at: number): string {
  const lines = text.slice(0, at).split("\n");
  return `${text.includes("\n") ? `line ${lines.length}, ` : ""}character ${(lines.at(-1)?.length ?? 0) + 1}`;
}
