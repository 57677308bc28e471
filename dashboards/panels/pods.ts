// A service's pods, by kube-state-metrics and by the kubelet.
import * as units from "@grafana/grafana-foundation-sdk/units";
import { type PanelBuilder, timeSeries } from "../kinds/index.ts";
import { CONTAINERS, PODS } from "../queries/pods.ts";
import { where } from "../queries/rollouts.ts";

export function restarts(): PanelBuilder {
  return timeSeries({
    title: "Restarts",
    description: "Containers that were started again, by pod. A new revision that restarts is not well, however good its answers are.",
    unit: units.Short,
    queries: [{ expr: `sum by (pod) (increase(kube_pod_container_status_restarts_total{${PODS}}[$__rate_interval]))`, legend: "{{pod}}" }],
    thresholds: [
      [0, "green"],
      [1, "red"],
    ],
  });
}

export function replicas(): PanelBuilder {
  return timeSeries({
    title: "Pods of the rollout",
    description: "Pods that are wanted, that are available, and that are of the newest revision.",
    unit: units.Short,
    queries: [
      { expr: `sum(rollout_info_replicas_desired{${where()}})`, legend: "wanted" },
      { expr: `sum(rollout_info_replicas_available{${where()}})`, legend: "available" },
      { expr: `sum(rollout_info_replicas_updated{${where()}})`, legend: "newest revision" },
    ],
  });
}

export function podsScraped(): PanelBuilder {
  return timeSeries({
    title: "Pods by revision",
    description: "Pods of each revision that Prometheus reaches, by their pod-template-hash.",
    unit: units.Short,
    queries: [
      {
        expr: 'sum by (rollouts_pod_template_hash) (up{namespace="$namespace",service="$service",rollouts_pod_template_hash=~"$revision"})',
        legend: "{{rollouts_pod_template_hash}}",
      },
    ],
  });
}

export function cpu(): PanelBuilder {
  return timeSeries({
    title: "CPU",
    description:
      "Cores in use, by pod, and what a pod has reserved. There is no limit on it: above its reservation a pod takes what others leave.",
    unit: units.Short,
    queries: [
      { expr: `sum by (pod) (rate(container_cpu_usage_seconds_total{${CONTAINERS}}[$__rate_interval]))`, legend: "{{pod}}" },
      { expr: `max(sum by (pod) (kube_pod_container_resource_requests{${PODS},resource="cpu"}))`, legend: "reserved" },
    ],
    colours: { reserved: "text" },
  });
}

export function memory(): PanelBuilder {
  return timeSeries({
    title: "Memory",
    description: "Memory that cannot be taken back, by pod, and the limit at which the kernel ends a container.",
    unit: units.BytesIEC,
    queries: [
      { expr: `sum by (pod) (container_memory_working_set_bytes{${CONTAINERS}})`, legend: "{{pod}}" },
      { expr: `max(sum by (pod) (kube_pod_container_resource_limits{${PODS},resource="memory"}))`, legend: "limit" },
    ],
    colours: { limit: "red" },
  });
}

export function throttling(): PanelBuilder {
  const share = (metric: string) => `sum by (pod) (rate(${metric}{${CONTAINERS}}[$__rate_interval]))`;
  return timeSeries({
    title: "CPU held back",
    description:
      "Share of the scheduler's periods in which a container had used up its limit and waited. Above a quarter it is a slow service, whatever its code.",
    unit: units.PercentUnit,
    queries: [
      {
        expr: `${share("container_cpu_cfs_throttled_periods_total")} / (${share("container_cpu_cfs_periods_total")} > 0)`,
        legend: "{{pod}}",
      },
    ],
    thresholds: [
      [0, "green"],
      [0.25, "red"],
    ],
  });
}
