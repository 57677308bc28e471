import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import * as units from "@grafana/grafana-foundation-sdk/units";
import * as annotations from "./annotations.ts";
import { board } from "./board.ts";
import { type PanelBuilder, table, timeSeries } from "./kinds/index.ts";
import { failedTraces, logs } from "./links.ts";
import * as pods from "./panels/pods.ts";
import * as slo from "./panels/slo.ts";
import * as traffic from "./panels/traffic.ts";
import { PODS } from "./queries/pods.ts";
import * as variables from "./variables.ts";

/** One service on any day: its requests, errors and durations, and what its pods use. */
export function service(): Dashboard {
  return board({
    name: "service",
    title: "Service",
    description:
      "One service: rate, errors and duration of its requests, by mesh and by the service itself; use, saturation and errors of its pods.",
    variables: [variables.datasource(), variables.reporter(), variables.namespace(), variables.service(), variables.revision()],
    annotations: [annotations.promotions(), annotations.rollbacks(), annotations.alerts(), annotations.chaosRuns()],
    links: [logs(), failedTraces()],
    rows: [
      { title: "Requests, as the mesh sees them", panels: [traffic.codes(), traffic.errorShare()] },
      { title: "Latency, as the mesh sees it", panels: [traffic.latency(50), traffic.latency(95), traffic.latency(99)] },
      { title: "Requests, as the service sees them", panels: [rateByRevision(), errorsByRevision(), durationByRevision(), routes()] },
      { title: "Objectives", panels: [slo.badShares(), slo.budgetLeft()] },
      { title: "Pods", panels: [pods.podsScraped(), pods.restarts(), unready()] },
      { title: "What the pods use", panels: [pods.cpu(), pods.memory(), pods.throttling(), network(), autoscaler(), ended()] },
    ],
  });
}

const APP = 'namespace="$namespace",service="$service",rollouts_pod_template_hash=~"$revision"';
const REVISION = "rollouts_pod_template_hash";
const rate = (metric: string, by: string, ...labels: readonly string[]) =>
  `sum by (${by}) (rate(${metric}{${[APP, ...labels].join(",")}}[$__rate_interval]))`;

/** Share of a rate in another; 0 where there are requests and no errors. */
function errorShare(by: string): string {
  const all = rate("http_requests_total", by);
  return `(${rate("http_requests_total", by, 'code=~"5.."')} or 0 * ${all}) / (${all} > 0)`;
}

function p95(by: string): string {
  return `histogram_quantile(0.95, ${rate("http_request_duration_seconds_bucket", `le, ${by}`)})`;
}

function rateByRevision(): PanelBuilder {
  return timeSeries({
    title: "Requests by revision",
    description: "Requests a second that the pods of each revision answered, by their own count.",
    unit: units.RequestsPerSecond,
    queries: [{ expr: rate("http_requests_total", REVISION), legend: `{{${REVISION}}}` }],
  });
}

function errorsByRevision(): PanelBuilder {
  return timeSeries({
    title: "Errors by revision",
    description:
      "Share of requests that the pods of each revision answered with 5xx, by their own count. Where the mesh sees more, requests are lost on their way.",
    unit: units.PercentUnit,
    queries: [{ expr: errorShare(REVISION), legend: `{{${REVISION}}}` }],
  });
}

function durationByRevision(): PanelBuilder {
  return timeSeries({
    title: "p95 by revision",
    description:
      "Time in which 95 of 100 requests were answered, by the pods' own clock. Where the mesh sees more, requests wait before the service takes them.",
    unit: units.Seconds,
    queries: [{ expr: p95(REVISION), legend: `{{${REVISION}}}` }],
  });
}

function routes(): PanelBuilder {
  return table({
    title: "Routes",
    description: "Requests of the last minutes by route: how many, how bad, how slow.",
    span: 24,
    keys: { route: "Route" },
    columns: [
      { title: "Requests", expr: rate("http_requests_total", "route"), unit: units.RequestsPerSecond },
      { title: "Errors", expr: errorShare("route"), unit: units.PercentUnit },
      { title: "p95", expr: p95("route"), unit: units.Seconds },
    ],
  });
}

function unready(): PanelBuilder {
  return timeSeries({
    title: "Pods that are not ready",
    description: "Pods that run but do not take requests: they start, end, or fail their readiness probe.",
    unit: units.Short,
    queries: [{ expr: `sum by (pod) (kube_pod_status_ready{${PODS},condition="false"}) > 0`, legend: "{{pod}}" }],
    thresholds: [
      [0, "green"],
      [1, "yellow"],
    ],
  });
}

function network(): PanelBuilder {
  const bytes = (metric: string) => `sum(rate(${metric}{${PODS}}[$__rate_interval]))`;
  return timeSeries({
    title: "Network",
    description: "Bytes a second that the service's pods take and send.",
    unit: units.BytesPerSecondIEC,
    queries: [
      { expr: bytes("container_network_receive_bytes_total"), legend: "in" },
      { expr: bytes("container_network_transmit_bytes_total"), legend: "out" },
    ],
  });
}

function autoscaler(): PanelBuilder {
  const of = (metric: string) => `max(${metric}{namespace="$namespace",horizontalpodautoscaler="$service"})`;
  return timeSeries({
    title: "Autoscaler",
    description: "Pods that there are, that the autoscaler wants, and the most it may have. At the most, more load means slower answers.",
    unit: units.Short,
    queries: [
      { expr: of("kube_horizontalpodautoscaler_status_current_replicas"), legend: "are" },
      { expr: of("kube_horizontalpodautoscaler_status_desired_replicas"), legend: "wanted" },
      { expr: of("kube_horizontalpodautoscaler_spec_max_replicas"), legend: "at most" },
    ],
    colours: { "at most": "red" },
  });
}

function ended(): PanelBuilder {
  return timeSeries({
    title: "Why containers ended",
    description: "Containers by the reason of their last end. OOMKilled: the memory limit was reached.",
    unit: units.Short,
    queries: [{ expr: `sum by (reason) (kube_pod_container_status_last_terminated_reason{${PODS}})`, legend: "{{reason}}" }],
  });
}
