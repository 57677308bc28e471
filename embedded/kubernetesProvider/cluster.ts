// The cluster that a configured provider works on, and the few requests it makes of one object.
import { randomBytes } from "node:crypto";
import { type ApiClient, apiClient, isNotFound, Unreachable } from "./apiClient.ts";
import { type Discovery, discovery, type Endpoint } from "./discovery.ts";
import type { EngineLog } from "./engineLog.ts";
import { unknownKindText } from "./errorTexts.ts";
import type { JsonObject } from "./json.ts";
import { connectionOf } from "./kubeconfig.ts";
import { type Identity, type Kind, kindOf } from "./objects.ts";
import type { Settings } from "./settings.ts";

export interface Cluster {
  readonly api: ApiClient;
  readonly discovery: Discovery;
  readonly settings: Settings;
  /** Namespace of objects that name none. */
  readonly defaultNamespace: string;
  /** Aborted when the engine cancels: whoever waits stops. */
  readonly cancelled: AbortSignal;
  readonly log: EngineLog;
}

/** @throws Error when the kubeconfig cannot be used */
export function connect(settings: Settings, cancelled: AbortSignal, log: EngineLog): Cluster {
  const connection = connectionOf(settings);
  const api = apiClient(connection);
  const defaultNamespace = settings.namespace || connection.namespace || "default";
  return { api, discovery: discovery(api), settings, defaultNamespace, cancelled, log };
}

/** Strict validation: a field the server does not know is an error, never dropped in silence. */
export const STRICT = { fieldValidation: "Strict" };
export const DRY_RUN = { dryRun: "All" };

/** The API server has no endpoint for a kind. */
export class UnknownKind extends Error {}

/** The endpoint of an object's kind. @throws UnknownKind */
export async function endpointOf(cluster: Cluster, object: JsonObject): Promise<Endpoint> {
  const endpoint = await cluster.discovery.find(kindOf(object));
  if (endpoint === undefined) throw new UnknownKind(unknownKindText(object));
  return endpoint;
}

/** The live object, or undefined when there is none. */
export async function readLive(cluster: Cluster, endpoint: Endpoint, identity: Identity): Promise<JsonObject | undefined> {
  try {
    return await cluster.api({ method: "GET", path: endpoint.object(identity), signal: cluster.cancelled });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Whether objects of a kind live in namespaces. Undefined when the server does not know the kind or does not answer. */
export async function isNamespaced(cluster: Cluster, kind: Kind): Promise<boolean | undefined> {
  return cluster.discovery.isNamespaced(kind).catch((error: unknown) => {
    if (error instanceof Unreachable) return undefined;
    throw error;
  });
}

/** Eight hexadecimal digits, for names that must not collide. */
export function randomSuffix(): string {
  return randomBytes(4).toString("hex");
}
