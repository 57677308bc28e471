import { defineResource, type KubernetesObject, pods, type Resource, services } from "../kube/index.ts";

/** A ServiceMonitor, PodMonitor or PrometheusRule as it comes; spec.ts and rules.ts read the spec. */
export interface MonitoringObject extends KubernetesObject {
  readonly spec?: unknown;
}

const monitoring = (kind: string, plural: string) => defineResource<MonitoringObject>("monitoring.coreos.com/v1", kind, plural);

export const resources = {
  pods,
  services,
  serviceMonitors: monitoring("ServiceMonitor", "servicemonitors"),
  podMonitors: monitoring("PodMonitor", "podmonitors"),
  prometheusRules: monitoring("PrometheusRule", "prometheusrules"),
} as const;

/** Everything in the cluster that decides what Prometheus scrapes and evaluates. */
export type Snapshot = { readonly [R in keyof typeof resources]: readonly ObjectOf<(typeof resources)[R]>[] };
type ObjectOf<R> = R extends Resource<infer T> ? T : never;
