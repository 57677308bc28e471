import type { V1ObjectMeta } from "@kubernetes/client-node";

/** A type of @kubernetes/client-node as it travels: times are RFC 3339 strings, not Date objects. */
export type Wire<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Wire<T[K]> } : T;

export type ObjectMeta = Wire<V1ObjectMeta>;

/** What every object has. A kind of its own adds `spec`, `status` and so on, e.g. `Wire<V1Pod>`. */
export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata?: ObjectMeta;
}

/** One kind of object: where the API server serves it, and how to tell that an answer is one. */
export interface Resource<T extends KubernetesObject = KubernetesObject> {
  /** Group and version, "v1" for the core group. */
  readonly apiVersion: string;
  readonly kind: string;
  /** The name in the path, e.g. "pods". */
  readonly plural: string;
  readonly namespaced: boolean;
  /** Guards what comes from the server. */
  readonly is: (value: unknown) => value is T;
}

/**
 * Names a kind once, so that every read of it is typed:
 * `const pods = defineResource<Wire<V1Pod>>("v1", "Pod", "pods")`.
 * The guard checks that the value is a named object; the rest is what the API server's schema of that kind promises.
 * A resource whose schema lets anything through (x-kubernetes-preserve-unknown-fields) should bring a stricter `is`.
 */
export function defineResource<T extends KubernetesObject>(
  apiVersion: string,
  kind: string,
  plural: string,
  options: { namespaced?: boolean; is?: (value: unknown) => value is T } = {},
): Resource<T> {
  const { namespaced = true, is = isNamedObject<T> } = options;
  return { apiVersion, kind, plural, namespaced, is };
}

/** The path of a resource's collection, or of one object when `name` is given. */
export function pathOf(resource: Resource, namespace?: string, name?: string): string {
  const group = resource.apiVersion.includes("/") ? `/apis/${resource.apiVersion}` : `/api/${resource.apiVersion}`;
  const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${group}${scope}/${resource.plural}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;
}

/** "namespace/name", or "name" for an object of the cluster. */
export function keyOf(object: KubernetesObject): string {
  const { namespace, name = "" } = object.metadata ?? {};
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The object's namespace; "default" when it names none. */
export function namespaceOf({ metadata }: KubernetesObject): string {
  return metadata?.namespace ?? "default";
}

export function nameOf({ metadata }: KubernetesObject): string {
  return metadata?.name ?? "";
}

/** An object as events refer to it. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

export function refTo(object: KubernetesObject, { apiVersion, kind }: Pick<Resource, "apiVersion" | "kind">): ObjectRef {
  return { apiVersion, kind, namespace: namespaceOf(object), name: nameOf(object), uid: object.metadata?.uid ?? "" };
}

/** An object whose status has conditions: a Pod, a Node. */
interface WithConditions {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Whether a condition of an object's status, such as "Ready", is True. */
export function hasCondition({ status }: WithConditions, type: string): boolean {
  return status?.conditions?.some((condition) => condition.type === type && condition.status === "True") ?? false;
}

/** A time (ms since the epoch) as objects carry it. Whole seconds: with parts of a second the server's copy would never equal ours. */
export function rfc3339(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNamedObject<T extends KubernetesObject>(value: unknown): value is T {
  return isRecord(value) && isRecord(value.metadata) && typeof value.metadata.name === "string";
}
