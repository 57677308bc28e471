// What people write, a stack or an OpenSLO document, as its checks look at it and as its problems tell it again.

/** A value as its author would know it again; long ones are cut. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

/** Where a value stands: "services.echo.rollout.steps[1]". */
export function pathOf(path: readonly PropertyKey[]): string {
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`)).join("");
}

/** Whether a value has fields to look at. */
export function isMapping<T>(value: T): value is T & Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** For checks over several values of a zod schema: they run also where one of the values is broken, so that all problems are told at once. */
export const evenWhenBroken = { when: () => true };
