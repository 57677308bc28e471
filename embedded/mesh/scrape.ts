import type { JsonObject } from "./json.ts";
import { STAT_PREFIX } from "./telemetry.ts";

/** Labels that are the same for every request that comes through the one gateway, as Istio's ingress gateway would set them. */
const GATEWAY = {
  source_workload: "istio-ingressgateway",
  source_workload_namespace: "istio-system",
  source_app: "istio-ingressgateway",
  source_version: "unknown",
  source_canonical_service: "istio-ingressgateway",
  source_canonical_revision: "latest",
  source_cluster: "Kubernetes",
  source_principal: "unknown",
  destination_cluster: "Kubernetes",
  destination_principal: "unknown",
};

/** What nobody can say when a request ended before it found a pod. */
const UNKNOWN_WITHOUT_POD = [
  "destination_service",
  "destination_service_name",
  "destination_service_namespace",
  "destination_workload",
  "destination_workload_namespace",
  "destination_canonical_service",
  "destination_canonical_revision",
  "destination_app",
  "destination_version",
];

/** Envoy's own health: is it up, and has it refused configuration. */
const HEALTH = "envoy_(server_live|server_uptime|(http_rds|cluster)_update_(rejected|success)|listener_manager_.*)";

/**
 * Prometheus' scrape configurations for Envoy, as plain objects: job "istio-mesh" keeps the request counters under Istio's names and
 * with its labels, so that queries written for Istio work unchanged; job "envoy" keeps a few series on Envoy's own health.
 * @param envoyAdminPort port of Envoy's admin interface on 127.0.0.1.
 */
export function meshScrapeConfigs(envoyAdminPort: number): readonly JsonObject[] {
  const common = { metrics_path: "/stats/prometheus", scrape_interval: "1s", scrape_timeout: "1s" };
  const target = `127.0.0.1:${envoyAdminPort}`;
  return [
    {
      job_name: "istio-mesh",
      ...common,
      params: { filter: [`^${STAT_PREFIX}\\.`] },
      static_configs: [{ targets: [target], labels: GATEWAY }],
      metric_relabel_configs: istioNames(),
    },
    {
      job_name: "envoy",
      ...common,
      params: { filter: ["^(server\\.|http\\.gateway\\.rds\\.|cluster\\.pods-.*\\.update_|listener_manager\\.)"] },
      static_configs: [{ targets: [target] }],
      metric_relabel_configs: [{ source_labels: ["__name__"], regex: HEALTH, action: "keep" }],
    },
  ];
}

function istioNames(): readonly JsonObject[] {
  return [
    { source_labels: ["__name__"], regex: "envoy_(istio_.+)", target_label: "__name__", replacement: "$1" },
    { source_labels: ["__name__"], regex: "istio_.+", action: "keep" },
    // A try that never reached a pod (refused connection, or the hop to the mirror) is not the destination's to count.
    { source_labels: ["reporter", "destination_workload"], regex: "destination;", action: "drop" },
    { source_labels: ["reporter", "response_flags"], regex: "destination;(.*,)?UF(,.*)?", action: "drop" },
    // A try that the gateway gave up looks to the destination as if the caller had gone.
    set("response_flags", "DC", ["reporter", "response_code", "response_flags"], "destination;0;-"),
    set("destination_service_name", "$1", ["destination_service"], "([^.]+)\\..+"),
    set("destination_service_namespace", "$1", ["destination_service"], "[^.]+\\.([^.]+)\\..+"),
    ...UNKNOWN_WITHOUT_POD.map((label) => set(label, "unknown", [label], "")),
    set("request_protocol", "http", ["grpc_response_status"], ""),
    set("request_protocol", "grpc", ["grpc_response_status"], ".+"),
    set("connection_security_policy", "unknown", ["reporter"], "source"),
    set("connection_security_policy", "none", ["reporter"], "destination"),
  ];
}

function set(label: string, value: string, from: readonly string[], regex: string): JsonObject {
  return { source_labels: from, regex, target_label: label, replacement: value };
}
