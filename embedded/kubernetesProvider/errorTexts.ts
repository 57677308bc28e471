// What a person reads when the API server says no: which object, which fields, and what to do about it.
import { ApiError, type Cause } from "./apiClient.ts";
import type { JsonObject } from "./json.ts";
import { apiVersionOf, kindOf, titleOf } from "./objects.ts";

/**
 * An error for people about an operation on an object.
 *
 * @param action what was tried: "create", "update", ...
 * @param object the object it was tried on
 */
export function describe(action: string, object: JsonObject, error: unknown): Error {
  const title = titleOf(object);
  if (!(error instanceof ApiError))
    return error instanceof Error ? new Error(`${action} ${title}: ${error.message}`, { cause: error }) : new Error(String(error));
  return new Error(`${action} ${title}: ${explain(object, error)}`, { cause: error });
}

function explain(object: JsonObject, error: ApiError): string {
  const conflicts = error.causes.filter((cause) => cause.reason === "FieldManagerConflict");
  if (conflicts.length > 0) return conflictText(conflicts);
  if (error.reason === "Invalid" && error.causes.length > 0) {
    return lines("the API server finds it invalid:", error.causes.map(causeText));
  }
  if (error.code === 404 && /namespaces? ".*" not found/.test(error.message))
    return `${error.message}; declare the namespace, or let this resource depend on it`;
  if (error.code === 404 && error.reason === "NotFound")
    return `${error.message}; it was deleted outside of Pulumi: run \`pulumi refresh\` first`;
  const unknown = unknownFields(error.message);
  if (unknown.length > 0)
    return lines(`fields that ${apiVersionOf(kindOf(object))} does not have (misspelled, or in the wrong place):`, unknown);
  if (error.code === 403 || error.code === 401) return `the API server forbids it: ${error.message}`;
  return `the API server refused it: ${error.message}`;
}

/** Whether the API server refuses a write to this user as such, and not because of what is written. */
export function mayNotWrite(error: unknown): boolean {
  return error instanceof ApiError && error.code === 403 && /cannot (create|patch|update) resource/.test(error.message);
}

/** A kind the API server has no endpoint for. */
export function unknownKindText(object: JsonObject): string {
  const kind = kindOf(object);
  return `the API server does not know ${kind.kind} of ${apiVersionOf(kind)}; create its CustomResourceDefinition first, and let this resource depend on it`;
}

function conflictText(conflicts: readonly Cause[]): string {
  const fields = conflicts.map(({ field, message }) => `${field}: owned by ${/conflict with (.*)/.exec(message)?.[1] ?? message}`);
  return [
    lines(
      `${fields.length === 1 ? "a field belongs" : `${fields.length} fields belong`} to another field manager and would be changed:`,
      fields,
    ),
    'Take them over with the annotation pulumi.com/patchForce: "true", or leave them to their owner: take them out of the program or list them in ignoreChanges.',
  ].join("\n");
}

/** Never adopted in silence: two programs would then fight over one object. */
export const ALREADY_EXISTS = lines("it already exists in the cluster, and not under this resource. Either", [
  "another resource of this stack made it: give the new one an alias, or another name,",
  "it shall be managed here: `pulumi import` it,",
  "or it belongs to somebody else: choose another name or namespace.",
]);

/** Names in a strict decoding error, or in server-side apply's own words for the same fault. */
function unknownFields(message: string): string[] {
  const strict = [...message.matchAll(/(unknown|duplicate) field "([^"]+)"/g)].map(([, what, field]) =>
    what === "unknown" ? `${field}` : `${field} (given twice)`,
  );
  const apply = [...message.matchAll(/(\.[\w.[\]"=]+): field not declared in schema/g)].map(([, field]) => `${field}`.slice(1));
  return [...strict, ...apply];
}

function causeText({ field, message }: Cause): string {
  return field === "" ? message : `${field}: ${message}`;
}

function lines(head: string, items: readonly string[]): string {
  return [head, ...items.map((item) => `  ${item}`)].join("\n");
}
