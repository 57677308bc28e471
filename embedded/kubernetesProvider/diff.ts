// What an update would change, property by property, and whether it needs a new object.
import { changesGroup, type MutableKinds, needsReplacement } from "./immutable.ts";
import { formatPath, isArray, isObject, type Json, type JsonObject, type Path, parsePath, same } from "./json.ts";
import { isAutonamed } from "./naming.ts";
import { normalForm, sameQuantity } from "./normalForm.ts";
import { identityOf } from "./objects.ts";

export interface Change {
  /** As Pulumi writes it: `spec.ports[0].port`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

export interface Diff {
  readonly changes: readonly Change[];
  /** The old object must go before the new one can come, because both have the same name. */
  readonly deleteBeforeReplace: boolean;
}

export interface DiffRequest {
  /** Inputs of the last update, or what a refresh made of them. */
  readonly oldInputs: JsonObject;
  readonly newInputs: JsonObject;
  readonly namespaced: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly mutable: MutableKinds;
}

/**
 * Compares inputs with inputs. What the server or a controller put into the object besides is nobody's difference; what they
 * changed of the inputs shows once a refresh has brought it into the old inputs.
 */
export function diffInputs({ oldInputs, newInputs, namespaced, ignoreChanges, mutable }: DiffRequest): Diff {
  const before = normalForm(oldInputs, namespaced);
  const after = normalForm(newInputs, namespaced);
  const ignored = ignoreChanges.map(parsePath);
  const newGroup = changesGroup(before, after);

  const changes = differences(before, after)
    .filter(({ path }) => !ignored.some((prefix) => startsWith(path, prefix)))
    .map(({ path, kind, value }): Change => {
      const replaces = needsReplacement(after, path, value, mutable) || (newGroup && path[0] === "apiVersion");
      return { path: formatPath(path), kind, replaces };
    });

  const [from, to] = [identityOf(before), identityOf(after)];
  const samePlace = to.name !== "" && from.name === to.name && from.namespace === to.namespace;
  return { changes, deleteBeforeReplace: samePlace && !isAutonamed(after) && changes.some((change) => change.replaces) };
}

interface Difference {
  readonly path: Path;
  readonly kind: Change["kind"];
  readonly value: Json;
}

function differences(before: JsonObject, after: JsonObject, path: Path = []): Difference[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => difference(before[key], after[key], [...path, key]));
}

function difference(before: Json | undefined, after: Json | undefined, path: Path): Difference[] {
  if (same(before, after)) return [];
  if (before === undefined) return after === undefined ? [] : [{ path, kind: "add", value: after }];
  if (after === undefined) return [{ path, kind: "delete", value: before }];
  if (isObject(before) && isObject(after)) return differences(before, after, path);
  if (isArray(before) && isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => difference(before[index], after[index], [...path, index])).flat();
  }
  const [parent, key] = [path.at(-2), path.at(-1)];
  if (sameQuantity(String(parent), String(key), before, after)) return [];
  return [{ path, kind: "update", value: after }];
}

function startsWith(path: Path, prefix: Path): boolean {
  return prefix.every((step, index) => step === "*" || String(step) === String(path[index]));
}
