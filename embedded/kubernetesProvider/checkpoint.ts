// What is kept of an object in the stack's state, in the official plugin's form, so that a stack can change from one
// plugin to the other. Beside the live object's fields (the resource's outputs) stand three of our own.
import { isArray, isObject, type Json, type JsonObject, objectAt, textAt, without, withValue } from "./json.ts";
import { isZero, sameQuantity, stringDataOf } from "./normalForm.ts";
import { keepSecrets, kubernetesKeys, plainObject, pulumiKeys, UNKNOWN } from "./propertyValues.ts";

export interface Checkpoint {
  /** Inputs that were last applied, secrets plain. {} for state of a resource that was never applied. */
  readonly inputs: JsonObject;
  readonly live: JsonObject;
  readonly initialApiVersion: string;
  readonly fieldManager: string;
}

/**
 * A checkpoint as properties for the engine.
 *
 * @param marked the inputs as they came from the engine: what is secret there is secret in all of the result
 */
export function checkpointProperties({ inputs, live, initialApiVersion, fieldManager }: Checkpoint, marked: JsonObject): JsonObject {
  // managedFields is bookkeeping between field managers, often longer than the object, and out of date with the next write.
  const outputs = pulumiKeys(without(live, ["metadata", "managedFields"]));
  return {
    ...keepSecrets(outputs, marked),
    __inputs: keepSecrets(pulumiKeys(inputs), marked),
    __initialApiVersion: initialApiVersion,
    __fieldManager: fieldManager,
  };
}

export function readCheckpoint(properties: JsonObject): Checkpoint {
  const state = kubernetesKeys(plainObject(properties));
  const { __inputs, __initialApiVersion, __fieldManager, ...live } = state;
  return {
    inputs: isObject(__inputs) ? __inputs : {},
    live,
    initialApiVersion: textAt({ value: __initialApiVersion ?? null }, "value") || textAt(live, "apiVersion"),
    fieldManager: textAt({ value: __fieldManager ?? null }, "value"),
  };
}

/**
 * The inputs as they stand in the live object: what a refresh writes into the state, so that drift in fields of the program
 * shows. Fields that are not in the program's inputs are left out; a value that only looks different stays as written.
 */
export function inputsFrom(live: JsonObject, inputs: JsonObject): JsonObject {
  const { stringData } = inputs;
  const shown = isObject(stringData) ? { ...live, stringData: stringDataOf(live, Object.keys(stringData)) } : live;
  return prune(shown, inputs, "");
}

function prune(live: JsonObject, inputs: JsonObject, parent: string): JsonObject {
  const kept = Object.entries(inputs).flatMap(([key, input]): [string, Json][] => {
    const value = live[key];
    if (value === undefined) return isZero(input) ? [[key, input]] : [];
    return [[key, pruneValue(value, input, parent, key)]];
  });
  return Object.fromEntries(kept);
}

function pruneValue(live: Json, input: Json, parent: string, key: string): Json {
  if (isObject(live) && isObject(input)) return prune(live, input, key);
  if (isArray(live) && isArray(input)) {
    return live.slice(0, input.length).map((item, index) => pruneValue(item, input[index] ?? null, parent, key));
  }
  return sameQuantity(parent, key, live, input) ? input : live;
}

/** Inputs for an object that Pulumi has not seen before (`pulumi import`): all of it but what only the server writes. */
export function importedInputs(live: JsonObject): JsonObject {
  const metadata = objectAt(live, "metadata");
  const kept = ["annotations", "finalizers", "labels", "name", "namespace"].filter((key) => metadata[key] !== undefined);
  return { ...without(live, ["status"]), metadata: Object.fromEntries(kept.map((key) => [key, metadata[key] ?? null])) };
}

/** Fields whose values in a dry run are made up anew when the object is really created. */
const MADE_UP = [
  ["metadata", "uid"],
  ["metadata", "resourceVersion"],
  ["metadata", "creationTimestamp"],
  ["spec", "clusterIP"],
  ["spec", "clusterIPs"],
];

/** A dry run's object as far as it can be trusted in a preview: no status, and made-up values not known yet. */
export function previewOf(dryRun: JsonObject, inputs: JsonObject): JsonObject {
  return MADE_UP.reduce(
    (object, path) => {
      const [parent = "", key = ""] = path;
      const madeUp = objectAt(object, parent)[key] !== undefined && objectAt(inputs, parent)[key] === undefined;
      return madeUp ? withValue(object, path, UNKNOWN) : object;
    },
    without(dryRun, ["status"]),
  );
}
