import type { V1Pod, V1Service } from "@kubernetes/client-node";
import { defineResource, type KubernetesObject, type Wire } from "../kube/index.ts";
import type { ObjectRef } from "./problems.ts";

export type Pod = Wire<V1Pod>;
export type Service = Wire<V1Service>;
/** A VirtualService or DestinationRule as it comes; virtualService.ts and destinationRule.ts read the spec. */
export interface MeshObject extends KubernetesObject {
  readonly spec?: unknown;
}

export const pods = defineResource<Pod>("v1", "Pod", "pods");
export const services = defineResource<Service>("v1", "Service", "services");
export const virtualServices = defineResource<MeshObject>("networking.istio.io/v1", "VirtualService", "virtualservices");
export const destinationRules = defineResource<MeshObject>("networking.istio.io/v1", "DestinationRule", "destinationrules");

/** Everything in the cluster that decides where requests go. */
export interface Snapshot {
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly virtualServices: readonly MeshObject[];
  readonly destinationRules: readonly MeshObject[];
}

export function namespaceOf(object: KubernetesObject): string {
  return object.metadata?.namespace ?? "default";
}

export function nameOf(object: KubernetesObject): string {
  return object.metadata?.name ?? "";
}

export function refTo(object: KubernetesObject, { apiVersion, kind }: { apiVersion: string; kind: string }): ObjectRef {
  return { apiVersion, kind, namespace: namespaceOf(object), name: nameOf(object), uid: object.metadata?.uid ?? "" };
}

/** Oldest first, then by namespace and name: who came first keeps what two objects claim, as with Istio. */
export function oldestFirst<T extends KubernetesObject>(objects: readonly T[]): readonly T[] {
  const key = (object: T) => `${object.metadata?.creationTimestamp ?? ""} ${namespaceOf(object)}/${nameOf(object)}`;
  return objects
    .map((object) => [key(object), object] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, object]) => object);
}
