import { z } from "zod";
import { type Field, forms } from "./field.ts";

/** As `field`, for a value that may be a secret by mistake: no problem repeats it, because problems are printed where many can read. */
export function confidential<T>({ what, example, parse }: Pick<Field<T>, "what" | "example" | "parse">, remedy: string) {
  const schema = z.unknown().transform((input, context): T => {
    const value = input === undefined ? undefined : parse(input);
    if (value !== undefined) return value;
    const missing = input === undefined || input === null;
    const message = missing ? `missing: give ${what}, for example ${example}` : `what is written here is not ${what}; ${remedy}`;
    context.issues.push({ code: "custom", input: undefined, message });
    return z.NEVER;
  });
  return schema.register(forms, { what, example });
}

/** What Kubernetes takes for the name of a secret. */
export const SECRET_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** "slack/url": a key of a Kubernetes secret. */
export const secretKey = confidential(
  {
    what: "the name of a Kubernetes secret and a key in it",
    example: "slack/url",
    parse: (input) => {
      const [, name, key] = (typeof input === "string" && /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)\/([A-Za-z0-9._-]+)$/.exec(input)) || [];
      return name !== undefined && key !== undefined ? { name, key } : undefined;
    },
  },
  "a secret itself must not stand in a stack: put it into a Kubernetes secret and write its name and key, for example slack/url",
);
