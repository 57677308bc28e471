import { z } from "zod";
import { isMapping, pathOf, show } from "../../charts/written.ts";

/** One thing that is wrong with a stack. */
export interface Problem {
  /** "services.echo.rollout.steps[1]" */
  readonly path: string;
  readonly reason: string;
}

/** All that a failed decode has to say, by path. */
export function problemsOf(error: z.ZodError): readonly Problem[] {
  const problems = error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key, index) => ({ path: pathOf([...issue.path, key]), reason: issue.message.split("\n")[index] ?? issue.message }))
      : [{ path: pathOf(issue.path), reason: issue.message }],
  );
  return problems.sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }));
}

/** Reasons for what has to do with form alone: values are explained by their fields. */
export const explainForm: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, knownKeys(issue.inst))).join("\n");
  if (issue.code === "too_small") return "empty: give at least one";
  if (issue.code === "invalid_union") return unknownKind(issue.input, issue.options);
  if (issue.code !== "invalid_type") return undefined;
  const expected = issue.expected === "array" ? "a list" : "a mapping of names to values";
  return issue.input === undefined || issue.input === null ? `missing: give ${expected}` : `${show(issue.input)} is not ${expected}`;
};

/** Of what is written in one of several forms, by its `kind`. */
function unknownKind(input: unknown, kinds: unknown): string {
  const known = Array.isArray(kinds) ? kinds.join(", ") : "";
  const given = isMapping(input) ? input.kind : undefined;
  return given === undefined ? `missing: give one of ${known}` : `${show(given)} is not one of ${known}`;
}

function knownKeys(schema: unknown): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function unknownKey(key: string, known: readonly string[]): string {
  const [nearest] = known.map((name) => ({ name, distance: editDistance(key, name) })).sort((a, b) => a.distance - b.distance);
  const near = nearest !== undefined && nearest.distance <= Math.max(1, key.length / 3);
  return near ? `unknown; did you mean ${nearest.name}?` : `unknown; known here: ${known.join(", ")}`;
}

/** Levenshtein's distance: the fewest letters to insert, leave out or change to make `b` of `a`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const changed = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
