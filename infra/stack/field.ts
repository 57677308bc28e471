import { z } from "zod";
import { show } from "../../charts/written.ts";

/** How one value of the stack is written, and what to say where it is not. */
export interface Field<T> {
  /** What is expected, as it stands behind "is not": "a duration". */
  readonly what: string;
  /** How to write one. */
  readonly example: string;
  /** The value, or undefined where `input` is not one. */
  parse(input: unknown): T | undefined;
  /** A better reason for a certain wrong input, as it stands behind the input: "has no unit; write 2%". */
  explain?(input: unknown): string | undefined;
}

/** The form of every field, for the reference of a stack (docs/reference), which is made by walking the schema. */
export const forms = z.registry<Pick<Field<unknown>, "what" | "example">>();

/** A schema for a single value, whose problems name the value, the rule and the remedy. */
export function field<T>(rule: Field<T>) {
  const schema = z.unknown().transform((input, context): T => {
    const value = input === undefined ? undefined : rule.parse(input);
    if (value !== undefined) return value;
    context.issues.push({ code: "custom", input, message: reason(rule, input) });
    return z.NEVER;
  });
  return schema.register(forms, { what: rule.what, example: rule.example });
}

function reason<T>(rule: Field<T>, input: unknown): string {
  if (input === undefined || input === null) return `missing: give ${rule.what}, for example ${rule.example}`;
  return `${show(input)} ${rule.explain?.(input) ?? `is not ${rule.what}; write for example ${rule.example}`}`;
}

/** For `parse` of a value that is a text of this form. */
export function matching(form: RegExp): (input: unknown) => string | undefined {
  return (input) => (typeof input === "string" && form.test(input) ? input : undefined);
}
