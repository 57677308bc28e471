// Who owns which fields of an object (metadata.managedFields), as far as an update has to know.
import { isObject, type JsonObject, objectAt, objectsAt, type Path, parsePath, textAt, without } from "./json.ts";
import { annotationOf } from "./objects.ts";

const PREFIX = "pulumi-kubernetes";

/** Writers whose fields an update takes over, as the official plugin does: kubectl, and that plugin when it creates an object. */
const PREDECESSORS: ReadonlySet<string> = new Set([
  `Update:${PREFIX}`,
  "Update:pulumi-resource-kubernetes",
  "Update:kubectl",
  "Update:before-first-apply",
  "Apply:kubectl",
]);

/** The manager that applies an object: the program's choice by annotation, else the one in state, else a new one. */
export function fieldManagerOf(inputs: JsonObject, inState: string, suffix: string): string {
  return annotationOf(inputs, "pulumi.com/patchFieldManager") || inState || `${PREFIX}-${suffix}`;
}

/**
 * The entries of managedFields after `manager` has taken over what its predecessors (and our own former manager) owned, or
 * undefined when they own nothing. Without this, a field dropped from the program would stay in an imported object: its creator still owns it.
 */
export function takenOver(live: JsonObject, manager: string, formerManager: string): readonly JsonObject[] | undefined {
  const entries = objectsAt(live, "metadata", "managedFields");
  const former = formerManager === manager ? "" : `Apply:${formerManager}`;
  const isOld = (entry: JsonObject) => {
    const writer = `${textAt(entry, "operation")}:${textAt(entry, "manager")}`;
    return textAt(entry, "subresource") === "" && (writer === former || PREDECESSORS.has(writer));
  };
  const old = entries.filter(isOld);
  const first = old[0];
  if (first === undefined) return undefined;
  const isMine = (entry: JsonObject) => textAt(entry, "operation") === "Apply" && textAt(entry, "manager") === manager;
  const fieldsV1 = [...entries.filter(isMine), ...old].map((entry) => objectAt(entry, "fieldsV1")).reduce(union, {});
  const merged: JsonObject = { ...first, manager, operation: "Apply", fieldsV1 };
  return [merged, ...entries.filter((entry) => !isOld(entry) && !isMine(entry))];
}

/**
 * The inputs without those ignored fields that others own and we do not. Sending such a field would be a conflict, or
 * would make us its owner again: a controller that moves a weight we ignore must stay the only one who writes it.
 *
 * @param ignoreChanges property paths of the resource's ignoreChanges
 */
export function withoutForeignFields(inputs: JsonObject, live: JsonObject, manager: string, ignoreChanges: readonly string[]): JsonObject {
  const entries = objectsAt(live, "metadata", "managedFields");
  const owns = (mine: boolean, path: Path) =>
    entries.some((entry) => (textAt(entry, "manager") === manager) === mine && covers(objectAt(entry, "fieldsV1"), path));
  return ignoreChanges
    .map((path) => beforeIndex(parsePath(path)))
    .filter((path) => path.length > 0 && owns(false, path) && !owns(true, path))
    .reduce((rest, path) => without(rest, path), inputs);
}

/** The part of a path that names fields of objects; who owns items of a list is written in another way. */
function beforeIndex(path: Path): string[] {
  const index = path.findIndex((step) => typeof step === "number" || step === "*");
  return path.slice(0, index < 0 ? path.length : index).map(String);
}

function covers(fields: JsonObject, path: Path): boolean {
  const [head, ...rest] = path;
  if (head === undefined) return true;
  const inner = fields[`f:${head}`];
  return isObject(inner) && (Object.keys(inner).length === 0 || covers(inner, rest));
}

function union(left: JsonObject, right: JsonObject): JsonObject {
  const result = new Map(Object.entries(left));
  for (const [key, value] of Object.entries(right)) {
    const mine = result.get(key);
    result.set(key, isObject(mine) && isObject(value) ? union(mine, value) : value);
  }
  return Object.fromEntries(result);
}
