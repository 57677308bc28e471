import { defineResource, type KubernetesObject, nameOf, namespaceOf, type Pod, type Service } from "../kube/index.ts";

/** A VirtualService or DestinationRule as it comes; virtualService.ts and destinationRule.ts read the spec. */
export interface MeshObject extends KubernetesObject {
  readonly spec?: unknown;
}

export const virtualServices = defineResource<MeshObject>("networking.istio.io/v1", "VirtualService", "virtualservices");
export const destinationRules = defineResource<MeshObject>("networking.istio.io/v1", "DestinationRule", "destinationrules");

/** The reason of the events about what such an object asks for and does not get. */
export const NOT_SERVED = "NotServedAsWritten";

/** Everything in the cluster that decides where requests go. */
export interface Snapshot {
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly virtualServices: readonly MeshObject[];
  readonly destinationRules: readonly MeshObject[];
}

/** Oldest first, then by namespace and name: who came first keeps what two objects claim, as with Istio. */
export function oldestFirst<T extends KubernetesObject>(objects: readonly T[]): readonly T[] {
  const key = (object: T) => `${object.metadata?.creationTimestamp ?? ""} ${namespaceOf(object)}/${nameOf(object)}`;
  return objects
    .map((object) => [key(object), object] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, object]) => object);
}
