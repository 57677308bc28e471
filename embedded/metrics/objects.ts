import type { V1Pod, V1Service } from "@kubernetes/client-node";
import { defineResource, type KubernetesObject, type Resource, type Wire } from "../kube/index.ts";

export type Pod = Wire<V1Pod>;
export type Service = Wire<V1Service>;
/** A ServiceMonitor, PodMonitor or PrometheusRule as it comes; spec.ts and rules.ts read the spec. */
export interface MonitoringObject extends KubernetesObject {
  readonly spec?: unknown;
}

const monitoring = (kind: string, plural: string) => defineResource<MonitoringObject>("monitoring.coreos.com/v1", kind, plural);

export const resources = {
  pods: defineResource<Pod>("v1", "Pod", "pods"),
  services: defineResource<Service>("v1", "Service", "services"),
  serviceMonitors: monitoring("ServiceMonitor", "servicemonitors"),
  podMonitors: monitoring("PodMonitor", "podmonitors"),
  prometheusRules: monitoring("PrometheusRule", "prometheusrules"),
} as const;

/** Everything in the cluster that decides what Prometheus scrapes and evaluates. */
export type Snapshot = { readonly [R in keyof typeof resources]: readonly ObjectOf<(typeof resources)[R]>[] };
type ObjectOf<R> = R extends Resource<infer T> ? T : never;

export const nothing: Snapshot = { pods: [], services: [], serviceMonitors: [], podMonitors: [], prometheusRules: [] };

export const namespaceOf = (object: KubernetesObject): string => object.metadata?.namespace ?? "default";
export const nameOf = (object: KubernetesObject): string => object.metadata?.name ?? "";

/** An object as an event refers to it. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

export function refTo(object: KubernetesObject, { apiVersion, kind }: Resource<MonitoringObject>): ObjectRef {
  return { apiVersion, kind, namespace: namespaceOf(object), name: nameOf(object), uid: object.metadata?.uid ?? "" };
}

/** Something about an object that its author should know. */
export interface Problem {
  readonly object: ObjectRef;
  readonly reason: "NotSupported" | "Refused";
  readonly message: string;
}
