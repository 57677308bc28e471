import type { z } from "zod";
import { pathOf, show } from "../../written.ts";
import type { SloProblem } from "../checks/problem.ts";
import { keyOf } from "./library.ts";

/** One thing that is wrong with a set of OpenSLO documents. */
export interface OpenSloProblem extends SloProblem {
  /** "documents[2] (SLO availability)" */
  readonly document: string;
}

/** How a document is called in problems, as far as it can be read. */
export function titleOf(written: unknown, index: number): string {
  const key = keyOf(written);
  return key === undefined ? `documents[${index}]` : `documents[${index}] (${key})`;
}

/** All that is wrong with the form of a document. */
export function formProblems(error: z.ZodError, written: unknown): readonly SloProblem[] {
  return error.issues.flatMap((issue) => {
    const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({ path: pathOf(path), value: valueAt(written, path), reason: issue.message }));
  });
}

/** Reasons for what has to do with form alone: values are explained by their fields. */
export const explainForm: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "unrecognized_keys") return "is not a field that is read here; correct its name, or leave it out";
  if (issue.code !== "invalid_type") return undefined;
  const expected = issue.expected === "array" ? "a list" : "a mapping of names to values";
  return issue.input === undefined ? `missing: give ${expected}` : `${show(issue.input)} is not ${expected}`;
};

// Where an SLO's own fields stand in a document. What is not here has been checked as the document was read.
const PLACES: readonly (readonly [string, string])[] = [
  ["name", "metadata.name"],
  ["labels", "metadata.labels"],
  ["service", "spec.service"],
  ["window", "spec.timeWindow[0].duration"],
  ["slices.seconds", "spec.objectives[0].timeSliceWindow"],
];

/** A problem of an SLO, told in the words of its document. @param field path within the SLO */
export function inDocument(field: string): string {
  const [from, to] = PLACES.find(([from]) => field.startsWith(from)) ?? ["", "spec."];
  return `${to}${field.slice(from.length)}`;
}

function valueAt(written: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined), written);
}
