// Plain JSON values and the few ways this room takes them apart. Nothing here knows of Pulumi or Kubernetes.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A place inside a value: object keys and array indexes from the root. */
export type Path = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value at a path, or undefined where any step of it is missing. */
export function at(value: Json | undefined, ...path: Path): Json | undefined {
  let here = value;
  for (const step of path) {
    if (typeof step === "number") here = isArray(here) ? here[step] : undefined;
    else here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

/** The string at a path; "" where there is none, because Kubernetes leaves empty strings out. */
export function textAt(value: Json | undefined, ...path: Path): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

/** The number at a path, or `fallback`. Counters of a status are left out while they are 0. */
export function numberAt(value: Json | undefined, path: Path, fallback = 0): number {
  const found = at(value, ...path);
  return typeof found === "number" ? found : fallback;
}

/** The object at a path; {} where there is none. */
export function objectAt(value: Json | undefined, ...path: Path): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** The objects of the list at a path; [] where there is none. */
export function objectsAt(value: Json | undefined, ...path: Path): readonly JsonObject[] {
  const found = at(value, ...path);
  return isArray(found) ? found.filter(isObject) : [];
}

/** A copy with `value` at `path`; objects missing on the way are made. */
export function withValue(object: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [head, ...rest] = path;
  if (head === undefined) return object;
  return { ...object, [head]: rest.length === 0 ? value : withValue(objectAt(object, head), rest, value) };
}

/** A copy with nothing at `path`. What is not there stays not there, and no empty object is made. */
export function without(object: JsonObject, path: readonly string[]): JsonObject {
  const [head, ...rest] = path;
  if (head === undefined || !Object.hasOwn(object, head)) return object;
  if (rest.length > 0) {
    const inner = object[head];
    return isObject(inner) ? { ...object, [head]: without(inner, rest) } : object;
  }
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== head));
}

/** Whether two values are the same, whatever the order of their keys. */
export function same(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (isArray(left) && isArray(right)) return left.length === right.length && left.every((item, index) => same(item, right[index]));
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]));
}

/** A path as Pulumi prints and parses it: `spec.ports[0].port`, `metadata.labels["app.kubernetes.io/name"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (/[."[\]]/.test(step)) return `${text}["${step.replaceAll('"', '\\"')}"]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

/** The steps of a path as Pulumi writes it; the opposite of `formatPath`. */
export function parsePath(text: string): Path {
  const steps: (string | number)[] = [];
  for (const [, quoted, index, name] of text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    if (quoted !== undefined) steps.push(quoted.replaceAll('\\"', '"'));
    else if (index !== undefined) steps.push(Number(index));
    else if (name !== undefined) steps.push(name);
  }
  return steps;
}
