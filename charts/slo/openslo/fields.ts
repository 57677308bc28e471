import { z } from "zod";
import { evenWhenBroken, show } from "../../written.ts";

interface Issue {
  readonly input?: unknown;
}

/** The parameter of a schema whose problems name what is expected: "a text". */
export function expected(what: string) {
  return { error: ({ input }: Issue) => (input === undefined ? `missing: give ${what}` : `${show(input)} is not ${what}`) };
}

/** The parameter of a schema that takes only some of what OpenSLO allows. @param values how they are written @param why the others are not taken */
export function only(values: string, why?: string) {
  const because = why === undefined ? "" : `: ${why}`;
  return {
    error: ({ input }: Issue) =>
      input === undefined ? `missing: give ${values}` : `${show(input)} is not supported${because}; write ${values}`,
  };
}

/** A list that holds one entry. @param remedy what to do with others */
export function listOfOne<Entry extends z.ZodType>(entry: Entry, what: string, remedy: string) {
  return z.array(entry, expected(`a list with one ${what}`)).superRefine((list, context) => {
    if (Array.isArray(list) && list.length !== 1)
      context.addIssue({ code: "custom", message: `has to hold exactly one ${what}, and holds ${list.length}; ${remedy}` });
  }, evenWhenBroken);
}

/** A field of OpenSLO that cannot be followed: whoever writes it is told so, since leaving it out in silence would change the objective. */
export function unsupported(why: string) {
  return z.never({ error: ({ input }: Issue) => `${show(input)} is not supported: ${why}` }).optional();
}

export const text = z.string(expected("a text")).min(1, { error: '"" is empty; give a text', abort: true });
export const flag = z.boolean(expected("true or false"));

export const metadata = z.strictObject({
  name: text,
  displayName: text.optional(),
  labels: z.record(z.string(), z.string(expected("a single text, as a label of Prometheus has to be"))).default({}),
  // Each is meant for the tool that it names.
  annotations: z.record(z.string(), z.unknown()).optional(),
});

/** The fields of an object that may stand within another one, or be referred to there by name. */
export function inline<Spec extends z.ZodType>(kind: string, spec: Spec) {
  return {
    apiVersion: text.optional(),
    kind: z.literal(kind, expected(kind)).optional(),
    metadata: metadata.optional(),
    spec: spec.optional(),
  };
}

/** What is wrong where one of two fields has to be given, and no more than one. @param written the second one's value */
export function notOne(first: string, second: string, written: unknown): string {
  return written === undefined ? `missing: give ${first} or ${second}` : `${show(written)} stands beside ${first}; give one of the two`;
}

const UNITS: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** OpenSLO's "duration-shorthand", "28d", in seconds. Months, quarters and years have no fixed length: they are undefined. */
export function secondsOf(shorthand: string): number | undefined {
  const [, count = "", unit = ""] = /^(\d+)([mhdw])$/.exec(shorthand) ?? [];
  const length = UNITS[unit];
  return length === undefined ? undefined : Number(count) * length;
}

/** A duration, in seconds. */
export const duration = text.transform((written, context): number => {
  const seconds = secondsOf(written);
  if (seconds === undefined)
    context.issues.push({
      code: "custom",
      input: written,
      message: `${show(written)} is not a duration in m, h, d or w; write for example 1h`,
    });
  return seconds ?? z.NEVER;
});
