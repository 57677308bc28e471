// One form for what can be written in several ways, so that only real differences show as differences.

// Not through the room's index: its schemas would cost the plugin 60 ms at every start.
import { quantityOf } from "../kube/quantity.ts";
import { at, isArray, isObject, type Json, type JsonObject, objectAt, textAt, without, withValue } from "./json.ts";
import { kindOf } from "./objects.ts";
import { hasUnknowns } from "./propertyValues.ts";

/** Metadata that only the API server writes. In inputs (copied from a live object, say) it means nothing. */
const SERVER_METADATA = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
];

export function withoutServerMetadata(object: JsonObject): JsonObject {
  return SERVER_METADATA.reduce((rest, field) => without(rest, ["metadata", field]), object);
}

/** Without nulls: a null in a program means "not set", while server-side apply would own the field. */
export function withoutNulls(object: JsonObject): JsonObject {
  const clean = (value: Json): Json => (isArray(value) ? value.map(clean) : isObject(value) ? withoutNulls(value) : value);
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, clean(value)]),
  );
}

/** A Secret as the server keeps it: `stringData` folded into `data`. */
function withSecretData(object: JsonObject): JsonObject {
  const { group, kind } = kindOf(object);
  if (group !== "" || kind !== "Secret" || !isObject(object.stringData) || hasUnknowns(object)) return object;
  const encoded = Object.entries(object.stringData).map(([key, text]) => [key, Buffer.from(String(text)).toString("base64")]);
  return without({ ...object, data: { ...objectAt(object, "data"), ...Object.fromEntries(encoded) } }, ["stringData"]);
}

/**
 * Inputs in the form in which old and new ones are compared.
 *
 * @param namespaced whether objects of the kind live in namespaces; undefined when the API server does not know the kind yet
 */
export function normalForm(inputs: JsonObject, namespaced: boolean | undefined): JsonObject {
  const object = withSecretData(withoutServerMetadata(withoutNulls(inputs)));
  if (namespaced === false) return without(object, ["metadata", "namespace"]);
  const hasNamespace = textAt(object, "metadata", "namespace") !== "" || !isObject(object.metadata);
  return hasNamespace ? object : withValue(object, ["metadata", "namespace"], "default");
}

/** Keys under which Kubernetes keeps quantities, which the server rewrites (`1000m` to `1`). */
const QUANTITY_PARENTS: ReadonlySet<string> = new Set([
  "limits",
  "requests",
  "hard",
  "capacity",
  "allocatable",
  "default",
  "defaultRequest",
]);
const QUANTITY_KEYS: ReadonlySet<string> = new Set(["sizeLimit", "divisor", "averageValue"]);

/** Whether two values at a path mean the same amount, written in two ways. */
export function sameQuantity(parent: string, key: string, left: Json | undefined, right: Json | undefined): boolean {
  if (!QUANTITY_PARENTS.has(parent) && !QUANTITY_KEYS.has(key)) return false;
  const amount = quantityOf(String(left));
  return amount !== undefined && amount === quantityOf(String(right));
}

/** What the server leaves out of an object because it is the same as nothing. */
export function isZero(value: Json | undefined): boolean {
  if (isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === false || value === 0 || value === "";
}

/** The texts of a Secret's live `data` under the keys that a program gave as `stringData`. */
export function stringDataOf(live: JsonObject, keys: readonly string[]): JsonObject {
  const found = keys.map((key) => [key, at(live, "data", key)] as const).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(found.map(([key, value]) => [key, Buffer.from(String(value), "base64").toString()]));
}
