import type { z } from "zod";

/** What a spec was read as, and everything about it that was left out, each as one sentence that begins with the field. */
export interface SpecRead<T> {
  /** Undefined when the spec as a whole cannot be used. */
  readonly spec: T | undefined;
  readonly problems: readonly string[];
}

/** Reads a spec by a schema that leaves out what it does not know. */
export function readSpec<T>(schema: z.ZodType<T>, value: unknown): SpecRead<T> {
  const read = schema.safeParse(value);
  if (read.success) {
    const unread = fieldsLeftOut(value, read.data, "spec");
    return { spec: read.data, problems: unread.map((path) => `${path}: the embedded platform does not do this and leaves it out`) };
  }
  return { spec: undefined, problems: read.error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`) };
}

/** The paths of all fields of `value` that are not in what was read of it. */
function fieldsLeftOut(value: unknown, read: unknown, path: string): readonly string[] {
  if (Array.isArray(value) && Array.isArray(read))
    return value.flatMap((item, index) => fieldsLeftOut(item, read[index], `${path}[${index}]`));
  if (!isRecord(value) || !isRecord(read)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key in read ? fieldsLeftOut(inner, read[key], `${path}.${key}`) : [`${path}.${key}`],
  );
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => text + (typeof key === "number" ? `[${key}]` : `.${String(key)}`), "spec");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
