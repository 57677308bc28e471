import { nameOf, namespaceOf, type Pod, type Service } from "../kube/index.ts";
import { meta } from "./metaLabels.ts";
import type { MonitoringObject } from "./objects.ts";
import { podRelabelings, type RelabelConfig, relabelConfigs, serviceRelabelings } from "./relabel.ts";
import { type LabelIndex, namespacesOf } from "./selection.ts";
import type { Endpoint, MonitorSpec, PodMonitorSpec, ServiceMonitorSpec } from "./spec.ts";
import { podTargets, serviceTargets, type Target } from "./targets.ts";

/** One endpoint of a monitor as Prometheus takes it: how to scrape, and what. */
export interface ScrapeJob {
  readonly name: string;
  /** An entry of scrape_configs, all but its targets. Changes with the monitor only. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Changes with every pod that comes or goes. */
  readonly targets: readonly Target[];
}

export interface Cluster {
  readonly services: LabelIndex<Service>;
  readonly pods: LabelIndex<Pod>;
}

/** The scrape jobs of a ServiceMonitor, one for each endpoint. */
export function serviceMonitorJobs(monitor: MonitoringObject, spec: ServiceMonitorSpec, cluster: Cluster): readonly ScrapeJob[] {
  const services = cluster.services.select(spec.selector, namespacesOf(spec, namespaceOf(monitor)));
  const targets = services.flatMap((service) => serviceTargets(service, podsOf(service, cluster.pods)));
  return spec.endpoints.map((endpoint, index) => ({
    name: `serviceMonitor/${namespaceOf(monitor)}/${nameOf(monitor)}/${index}`,
    config: scrapeConfig(spec, endpoint, serviceRelabelings(spec, endpoint)),
    targets: targets.filter(endpoint.port ? has("endpoint_port_name", endpoint.port) : hasContainerPort(endpoint.targetPort)),
  }));
}

/** The scrape jobs of a PodMonitor, one for each endpoint. */
export function podMonitorJobs(monitor: MonitoringObject, spec: PodMonitorSpec, cluster: Cluster): readonly ScrapeJob[] {
  const id = `${namespaceOf(monitor)}/${nameOf(monitor)}`;
  const targets = cluster.pods.select(spec.selector, namespacesOf(spec, namespaceOf(monitor))).flatMap(podTargets);
  return spec.podMetricsEndpoints.map((endpoint, index) => ({
    name: `podMonitor/${id}/${index}`,
    config: scrapeConfig(spec, endpoint, podRelabelings(spec, endpoint, id)),
    targets: targets.filter(hasContainerPort(endpoint.port || (endpoint.portNumber ?? endpoint.targetPort))),
  }));
}

/** The pods behind a Service. One without a selector has none: its Endpoints would be written by hand, and there are none here. */
function podsOf(service: Service, pods: LabelIndex<Pod>): readonly Pod[] {
  const selector = service.spec?.selector ?? {};
  if (Object.keys(selector).length === 0) return [];
  return pods.select({ matchLabels: selector }, [namespaceOf(service)]);
}

function has(label: string, value: string) {
  return ({ labels }: Target): boolean => labels[meta(label)] === value;
}

function hasContainerPort(port: string | number | undefined): (target: Target) => boolean {
  if (port === undefined || port === "") return () => true;
  return typeof port === "number" ? has("pod_container_port_number", String(port)) : has("pod_container_port_name", port);
}

type Names<T> = readonly (readonly [field: keyof T, name: string])[];

const endpointNames: Names<Endpoint> = [
  ["interval", "scrape_interval"],
  ["scrapeTimeout", "scrape_timeout"],
  ["path", "metrics_path"],
  ["params", "params"],
  ["honorLabels", "honor_labels"],
  ["honorTimestamps", "honor_timestamps"],
  ["trackTimestampsStaleness", "track_timestamps_staleness"],
  ["followRedirects", "follow_redirects"],
  ["enableHttp2", "enable_http2"],
];

const monitorNames: Names<MonitorSpec> = [
  ["sampleLimit", "sample_limit"],
  ["targetLimit", "target_limit"],
  ["labelLimit", "label_limit"],
  ["labelNameLengthLimit", "label_name_length_limit"],
  ["labelValueLengthLimit", "label_value_length_limit"],
  ["keepDroppedTargets", "keep_dropped_targets"],
  ["bodySizeLimit", "body_size_limit"],
  ["scrapeProtocols", "scrape_protocols"],
  ["fallbackScrapeProtocol", "fallback_scrape_protocol"],
];

function scrapeConfig(spec: MonitorSpec, endpoint: Endpoint, relabelings: readonly RelabelConfig[]): ScrapeJob["config"] {
  const metricRelabelings = relabelConfigs(endpoint.metricRelabelings);
  return {
    // A timeout without an interval is meant for the interval that the operator gives a Prometheus: it must not be the longer one.
    ...(endpoint.scrapeTimeout && { scrape_interval: "30s" }),
    ...renamed(endpoint, endpointNames),
    ...renamed(spec, monitorNames),
    relabel_configs: relabelings,
    ...(metricRelabelings.length > 0 && { metric_relabel_configs: metricRelabelings }),
  };
}

/** The named fields under Prometheus' names; those that are absent or empty stay away, as with the operator. */
function renamed<T>(from: T, names: Names<T>): Readonly<Record<string, unknown>> {
  const entries = names.map(([field, name]) => [name, from[field]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ""));
}
