// Values that Pulumi does not know yet, as a provider's `check` and `diff` receive them in a preview.

/** The strings that stand for values the engine does not know yet, by the type they will have. */
const UNKNOWNS: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string, and anything from Node
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** Whether the value at `path`, or one it lies in, is not known yet. */
export function isUnknownAt(root: unknown, path: readonly PropertyKey[]): boolean {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return UNKNOWNS.has(value);
    value = Reflect.get(value, part);
  }
  return hasUnknowns(value);
}

/** Whether any value, however deep, is not known yet. */
export function hasUnknowns(value: unknown): boolean {
  return UNKNOWNS.has(value) || (typeof value === "object" && value !== null && Object.values(value).some(hasUnknowns));
}
