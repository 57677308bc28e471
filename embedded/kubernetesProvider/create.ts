// Create: a new object, awaited until it is ready.
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../errors.ts";
import { ApiError, isNotFound, Unreachable } from "./apiClient.ts";
import { checkpointProperties, previewOf } from "./checkpoint.ts";
import { type Cluster, DRY_RUN, endpointOf, randomSuffix, STRICT, UnknownKind } from "./cluster.ts";
import { ALREADY_EXISTS, describe, mayNotWrite } from "./errorTexts.ts";
import { fieldManagerOf } from "./fieldManagers.ts";
import { InitFailed } from "./initFailed.ts";
import { type JsonObject, textAt, without, withValue } from "./json.ts";
import { withoutNulls } from "./normalForm.ts";
import { hasAnnotation, identityOf, idOf, kindOf, titleOf } from "./objects.ts";
import { hasUnknowns, kubernetesKeys, plainObject } from "./propertyValues.ts";
import { isAwaited } from "./readiness.ts";
import { timeoutSeconds, untilReady } from "./waiting.ts";

export interface CreateRequest {
  readonly urn: string;
  /** What Check returned. */
  readonly properties: JsonObject;
  /** Seconds; 0 when the resource has no customTimeouts. */
  readonly timeout: number;
  readonly preview: boolean;
}

export interface Created {
  readonly id: string;
  readonly properties: JsonObject;
}

/** Pauses before another try when a namespace or a kind is not there yet, in milliseconds: it may be on its way. */
const RETRY_PAUSES = [100, 250, 500, 1000, 2000, 4000];

/** @throws InitFailed when the object was created but did not become ready */
export async function create(cluster: Cluster, request: CreateRequest): Promise<Created> {
  const inputs = kubernetesKeys(plainObject(request.properties));
  const fieldManager = fieldManagerOf(inputs, "", randomSuffix());
  const state = (live: JsonObject) =>
    checkpointProperties({ inputs, live, initialApiVersion: textAt(inputs, "apiVersion"), fieldManager }, request.properties);

  if (request.preview) {
    const preview = await dryRun(cluster, inputs, fieldManager);
    return { id: "", properties: preview === undefined ? request.properties : state(preview) };
  }

  const object = await retrying(cluster, request.urn, () => send(cluster, inputs, fieldManager, {})).catch((error: unknown) => {
    throw alreadyExists(error)
      ? new Error(`create ${titleOf(inputs)}: ${ALREADY_EXISTS}`, { cause: error })
      : describe("create", inputs, error);
  });
  const id = idOf(identityOf(object));
  if (hasAnnotation(inputs, "pulumi.com/skipAwait") || !isAwaited(object)) return { id, properties: state(object) };

  const endpoint = await endpointOf(cluster, object);
  const wait = { urn: request.urn, endpoint, object, seconds: timeoutSeconds(request.timeout, inputs) };
  const { live, problems } = await untilReady(cluster, wait);
  if (problems.length > 0) throw new InitFailed(`${titleOf(object)} was created but did not become ready`, id, state(live), problems);
  return { id, properties: state(live) };
}

/** A version that no object has. An apply that names it creates the object, or fails because there is one. */
const NO_VERSION = "1";

/** Not a POST: then the fields would belong to an update of ours, and the first apply would find them foreign. */
async function send(cluster: Cluster, inputs: JsonObject, fieldManager: string, more: Record<string, string>): Promise<JsonObject> {
  const endpoint = await endpointOf(cluster, inputs);
  // Check took the kind for a namespaced one while nobody knew it.
  const object = withoutNulls(endpoint.namespaced ? inputs : without(inputs, ["metadata", "namespace"]));
  return cluster.api({
    method: "PATCH",
    path: endpoint.object(identityOf(object)),
    contentType: "application/apply-patch+yaml",
    query: { ...STRICT, fieldManager, ...more },
    body: withValue(object, ["metadata", "resourceVersion"], NO_VERSION),
    signal: cluster.cancelled,
  });
}

function alreadyExists(error: unknown): boolean {
  return error instanceof ApiError && error.reason === "Conflict";
}

/** What the object would become, or undefined where only `up` can tell. */
async function dryRun(cluster: Cluster, inputs: JsonObject, fieldManager: string): Promise<JsonObject | undefined> {
  if (hasUnknowns(inputs)) return undefined;
  try {
    if ((await cluster.discovery.find(kindOf(inputs))) === undefined) return undefined;
    return previewOf(await send(cluster, inputs, fieldManager, DRY_RUN), inputs);
  } catch (error) {
    if (error instanceof Unreachable) cluster.log.warnOnce(`${error.message}; the preview is made without it`);
    // Its namespace may come in this run, and its namesake go (a replacement); whoever may not write may still preview.
    if (error instanceof Unreachable || isNotFound(error) || alreadyExists(error) || mayNotWrite(error)) return undefined;
    throw describe("preview of create", inputs, error);
  }
}

async function retrying<T>(cluster: Cluster, urn: string, attempt: () => Promise<T>): Promise<T> {
  for (const pause of RETRY_PAUSES) {
    try {
      return await attempt();
    } catch (error) {
      if (!isNotFound(error) && !(error instanceof UnknownKind)) throw error;
      cluster.log.status(urn, `trying again: ${messageOf(error)}`);
      await sleep(pause, undefined, { signal: cluster.cancelled });
    }
  }
  return attempt();
}
