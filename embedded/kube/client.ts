import { readFile } from "node:fs/promises";
import { type Discover, discovery } from "./discovery.ts";
import { isNotFound, type Method, type RequestOptions, type Transport, transportTo } from "./http.ts";
import { parseKubeconfig } from "./kubeconfig.ts";
import { isRecord, type KubernetesObject, pathOf, type Resource } from "./objects.ts";

export interface ListOptions {
  /** Only this namespace; all of them when left out. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface PatchOptions {
  readonly namespace?: string;
  /** The part of the object that is meant, e.g. "status". */
  readonly subresource?: string;
  /** @default "merge" */
  readonly type?: "merge" | "json" | "strategic";
}

/** Methods for one object take its namespace; without one "default" is meant. Objects of the cluster ignore it. */
export interface KubeClient {
  /** Any request, for what has no method here. @throws ApiError */
  request(method: Method, path: string, options?: RequestOptions): Promise<unknown>;
  /** The object, or undefined when there is none. */
  get<T extends KubernetesObject>(resource: Resource<T>, name: string, namespace?: string): Promise<T | undefined>;
  list<T extends KubernetesObject>(resource: Resource<T>, options?: ListOptions): Promise<readonly T[]>;
  /** Creates the object in its own namespace. @throws ApiError, see isConflict */
  create<T extends KubernetesObject>(resource: Resource<T>, object: T): Promise<T>;
  /** Patches one object. @throws ApiError, see isNotFound and isConflict */
  patch<T extends KubernetesObject>(resource: Resource<T>, name: string, patch: unknown, options?: PatchOptions): Promise<T>;
  /** Deletes one object; false when it was not there. `body` is a DeleteOptions, e.g. {gracePeriodSeconds: 0}. */
  delete(resource: Resource, name: string, namespace?: string, body?: Readonly<Record<string, unknown>>): Promise<boolean>;
  /** Finds the resource that serves a kind. @throws Error when the server knows no such kind */
  readonly discover: Discover;
  readonly transport: Transport;
  /** Closes idle connections. */
  close(): void;
}

const DEFAULT = "default";

const PATCH_TYPES = {
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
  strategic: "application/strategic-merge-patch+json",
} as const;

/** A client for the cluster that a kubeconfig file of the embedded platform names. @throws PlatformError */
export async function clientFor(kubeconfigPath: string): Promise<KubeClient> {
  const credentials = parseKubeconfig(await readFile(kubeconfigPath, "utf8"), kubeconfigPath);
  return clientOver(transportTo(credentials));
}

function clientOver(transport: Transport): KubeClient {
  const request = transport.exchange;
  return {
    request,
    async get(resource, name, namespace = DEFAULT) {
      const path = pathOf(resource, namespace, name);
      return request("GET", path).then((body) => expectOne(resource, path, body), orUndefined);
    },
    async list(resource, { namespace, ...query } = {}) {
      return (await listAt(request, resource, namespace, query)).items;
    },
    async create(resource, object) {
      const path = pathOf(resource, object.metadata?.namespace ?? DEFAULT);
      const body = { apiVersion: resource.apiVersion, kind: resource.kind, ...object };
      return expectOne(resource, path, await request("POST", path, { body, query: { fieldValidation: "Strict" } }));
    },
    async patch(resource, name, patch, { namespace = DEFAULT, subresource, type = "merge" } = {}) {
      const path = pathOf(resource, namespace, name) + (subresource === undefined ? "" : `/${subresource}`);
      const query = { fieldValidation: "Strict" };
      return expectOne(resource, path, await request("PATCH", path, { body: patch, query, contentType: PATCH_TYPES[type] }));
    },
    async delete(resource, name, namespace = DEFAULT, body = {}) {
      const deleted = await request("DELETE", pathOf(resource, namespace, name), { body }).catch(orUndefined);
      return deleted !== undefined;
    },
    discover: discovery(request),
    transport,
    close: transport.close,
  };
}

/** One list of a resource and the resource version at which it was true. */
export async function listAt<T extends KubernetesObject>(
  request: Transport["exchange"],
  resource: Resource<T>,
  namespace: string | undefined,
  query: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly items: readonly T[]; readonly resourceVersion: string }> {
  const path = pathOf(resource, namespace);
  const body = await request("GET", path, { query });
  if (!isRecord(body) || !Array.isArray(body.items) || !isRecord(body.metadata)) throw new Error(`GET ${path}: the answer is no list`);
  // Items of a list come without their kind.
  const items = body.items.map((item) => expectOne(resource, path, { apiVersion: resource.apiVersion, kind: resource.kind, ...item }));
  return { items, resourceVersion: String(body.metadata.resourceVersion) };
}

/** The value as the resource's type. @throws Error when it is something else */
export function expectOne<T extends KubernetesObject>(resource: Resource<T>, what: string, value: unknown): T {
  if (resource.is(value)) return value;
  throw new Error(`${what}: the answer is no ${resource.kind}`);
}

function orUndefined(error: unknown): undefined {
  if (isNotFound(error)) return undefined;
  throw error;
}
