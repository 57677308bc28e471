import { field, matching } from "./field.ts";

const isTag = matching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/);

/** An image without its version: "localhost/echo", "registry.example:5000/team/echo". */
export const repository = field({
  what: "an image's name without a version",
  example: "localhost/echo",
  parse: matching(/^[a-z0-9]+(?:[._-][a-z0-9]+)*(?::\d+(?=\/))?(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/),
  explain: (input) => (typeof input === "string" && /[:@][^/]*$/.test(input) ? "holds a version; put that into tag or digest" : undefined),
});

/** A tag is a string, also where it looks like a number: see `explainTag`. */
export const tag = field({
  what: "an image's tag",
  example: '"1.0.0"',
  parse: (input) => (input === "latest" ? undefined : isTag(input)),
  explain: explainTag,
});

/** What was built, by its content. */
export const digest = field({
  what: "an image's digest",
  example: `sha256:${"0123456789abcdef".repeat(4)}`,
  parse: matching(/^sha256:[0-9a-f]{64}$/),
});

/** YAML has read 1.10 as the number 1.1 long before we see it, so no number is taken for a tag, not even a harmless one. */
function explainTag(input: unknown): string | undefined {
  if (input === "latest") return "is not a version: nothing would change when it moves; name the version";
  if (typeof input !== "number") return undefined;
  return `is a number here, and YAML makes 1.1 of 1.10; quote it in the file (tag: "${input}"), or set it with pulumi config set --path --type string`;
}
