// Update: server-side apply of the inputs, with a dry run in previews, awaited until ready.
import { Unreachable } from "./apiClient.ts";
import { checkpointProperties, readCheckpoint } from "./checkpoint.ts";
import { type Cluster, DRY_RUN, endpointOf, randomSuffix, readLive, STRICT } from "./cluster.ts";
import { type Endpoint, isDefinition } from "./discovery.ts";
import { describe, mayNotWrite } from "./errorTexts.ts";
import { fieldManagerOf, takenOver, withoutForeignFields } from "./fieldManagers.ts";
import { InitFailed } from "./initFailed.ts";
import { type JsonObject, textAt, without, withValue } from "./json.ts";
import { withoutNulls } from "./normalForm.ts";
import { hasAnnotation, identityOf, kindOf, titleOf } from "./objects.ts";
import { hasUnknowns, kubernetesKeys, plainObject } from "./propertyValues.ts";
import { isAwaited } from "./readiness.ts";
import { timeoutSeconds, untilReady } from "./waiting.ts";

export interface UpdateRequest {
  readonly urn: string;
  readonly id: string;
  /** State after the last operation. */
  readonly olds: JsonObject;
  /** What Check returned. */
  readonly news: JsonObject;
  readonly ignoreChanges: readonly string[];
  /** Seconds; 0 when the resource has no customTimeouts. */
  readonly timeout: number;
  readonly preview: boolean;
}

/**
 * @returns the resource's new properties
 * @throws InitFailed when the object was updated but did not become ready
 */
export async function update(cluster: Cluster, request: UpdateRequest): Promise<JsonObject> {
  const before = readCheckpoint(request.olds);
  const inputs = kubernetesKeys(plainObject(request.news));
  const fieldManager = fieldManagerOf(inputs, before.fieldManager, randomSuffix());
  const intent = { inputs, manager: fieldManager, formerManager: before.fieldManager, ignoreChanges: request.ignoreChanges };
  const { initialApiVersion } = before;
  const state = (live: JsonObject) => checkpointProperties({ inputs, live, initialApiVersion, fieldManager }, request.news);

  if (request.preview) {
    const preview = await dryRun(cluster, intent);
    return preview === undefined ? request.news : state(preview);
  }

  const { endpoint, object } = await write(cluster, intent, false).catch((error: unknown) => {
    throw describe("update", inputs, error);
  });
  if (hasAnnotation(inputs, "pulumi.com/skipAwait") || !isAwaited(object)) return state(object);
  const wait = { urn: request.urn, endpoint, object, seconds: timeoutSeconds(request.timeout, inputs) };
  const { live, problems } = await untilReady(cluster, wait);
  if (problems.length > 0)
    throw new InitFailed(`${titleOf(object)} was updated but did not become ready`, request.id, state(live), problems);
  return state(live);
}

async function dryRun(cluster: Cluster, intent: Intent): Promise<JsonObject | undefined> {
  if (hasUnknowns(intent.inputs)) return undefined;
  try {
    if ((await cluster.discovery.find(kindOf(intent.inputs))) === undefined) return undefined;
    return (await write(cluster, intent, true)).object;
  } catch (error) {
    if (error instanceof Unreachable) cluster.log.warnOnce(`${error.message}; the preview is made without it`);
    if (!(error instanceof Unreachable) && !mayNotWrite(error)) throw describe("preview of update", intent.inputs, error);
    return undefined;
  }
}

interface Intent {
  readonly inputs: JsonObject;
  readonly manager: string;
  /** The manager of the last update: another one when the program names another. */
  readonly formerManager: string;
  readonly ignoreChanges: readonly string[];
}

interface Written {
  readonly endpoint: Endpoint;
  readonly object: JsonObject;
}

async function write(cluster: Cluster, { inputs, manager, formerManager, ignoreChanges }: Intent, preview: boolean): Promise<Written> {
  const endpoint = await endpointOf(cluster, inputs);
  const body = withoutNulls(endpoint.namespaced ? inputs : without(inputs, ["metadata", "namespace"]));
  const path = endpoint.object(identityOf(body));
  const live = await readLive(cluster, endpoint, identityOf(body));
  if (live === undefined) throw new Error("it was deleted outside of Pulumi; run `pulumi refresh`, and the next `pulumi up` makes it anew");
  const query = { ...STRICT, fieldManager: manager, ...(preview ? DRY_RUN : {}) };
  const signal = cluster.cancelled;

  // A definition is replaced as a whole, as the official plugin does: versions and schemas are lists that merge badly.
  if (isDefinition(body)) {
    const replacement = withValue(body, ["metadata", "resourceVersion"], textAt(live, "metadata", "resourceVersion"));
    return { endpoint, object: await cluster.api({ method: "PUT", path, query, body: replacement, signal }) };
  }

  const handedOver = takenOver(live, manager, formerManager);
  if (handedOver !== undefined && !preview) {
    const patch = [
      { op: "replace", path: "/metadata/managedFields", value: handedOver },
      { op: "replace", path: "/metadata/resourceVersion", value: textAt(live, "metadata", "resourceVersion") },
    ];
    await cluster.api({ method: "PATCH", path, contentType: "application/json-patch+json", body: patch, signal });
  }
  // In a preview the hand-over has not happened, and its fields would look like somebody else's.
  const force = cluster.settings.patchForce || hasAnnotation(inputs, "pulumi.com/patchForce") || (preview && handedOver !== undefined);
  const object = await cluster.api({
    method: "PATCH",
    path,
    query: { ...query, force: String(force) },
    contentType: "application/apply-patch+yaml",
    body: withoutForeignFields(body, live, manager, ignoreChanges),
    signal,
  });
  return { endpoint, object };
}
