// Values of kube-prometheus-stack: Prometheus and its operator, Alertmanager, Grafana, and what tells of nodes and Kubernetes objects.
import { notificationConfig, secretsOf } from "../../charts/observability/index.ts";
import type { HelmValues } from "../helm.ts";
import { resources, spread } from "../pods.ts";
import { prometheusReplicasOf } from "./addresses.ts";
import type { ObservabilityArgs } from "./args.ts";
import { OFF } from "./off.ts";

/** @param grafana values of its subchart */
export function stackValues(name: string, args: ObservabilityArgs, grafana: HelmValues): HelmValues {
  const { kubeletsCertified = true } = args;
  return {
    fullnameOverride: name,
    // Run by the cloud, or on kind bound to their own node's loopback: pods cannot scrape them.
    kubeControllerManager: OFF,
    kubeScheduler: OFF,
    kubeEtcd: OFF,
    kubeProxy: OFF,
    kubelet: { serviceMonitor: { insecureSkipVerify: !kubeletsCertified } },
    // Our own say the same of these two, in the two severities that are routed.
    defaultRules: { rules: { prometheus: false, alertmanager: false } },
    prometheusOperator: {
      resources: resources("50m", "128Mi", "512Mi"),
      prometheusConfigReloader: { resources: resources("10m", "32Mi", "64Mi") },
      admissionWebhooks: { enabled: true, patch: { resources: resources("10m", "32Mi", "64Mi") } },
    },
    "kube-state-metrics": { resources: resources("20m", "64Mi", "512Mi") },
    "prometheus-node-exporter": { resources: resources("20m", "32Mi", "64Mi") },
    prometheus: prometheusValues(args),
    alertmanager: alertmanagerValues(args),
    grafana,
  };
}

function prometheusValues(args: ObservabilityArgs): HelmValues {
  const { cluster, retention, storageGibibytes, scrapeSeconds = 15, membership } = args;
  const replicas = prometheusReplicasOf(args.replicas);
  const every = `${scrapeSeconds}s`;
  return {
    servicePerReplica: { enabled: true },
    service: { sessionAffinity: "ClientIP" },
    podDisruptionBudget: { enabled: replicas > 1 },
    prometheusSpec: {
      replicas,
      topologySpreadConstraints: spread({ "app.kubernetes.io/name": "prometheus" }),
      externalLabels: { cluster },
      scrapeInterval: every,
      evaluationInterval: every,
      retention: `${retention.metricsDays}d`,
      // The rest is for the write-ahead log and for blocks that are being joined.
      retentionSize: `${Math.max(1, Math.floor(storageGibibytes * 0.85))}GiB`,
      storageSpec: claim(storageGibibytes),
      resources: resources("200m", "512Mi", "4Gi"),
      ...EVERYTHING_SELECTED,
      enableOTLPReceiver: true,
      otlp: { promoteResourceAttributes: PROMOTED },
      // Senders of OTLP are not scraped in step: a late sample is taken all the same.
      tsdb: { outOfOrderTimeWindow: "10m" },
      enableFeatures: ["exemplar-storage"],
      ...membership,
    },
  };
}

/** Rules and monitors of every namespace count, whatever their labels: they are written by parts that know nothing of this chart. */
const EVERYTHING_SELECTED = {
  ruleSelectorNilUsesHelmValues: false,
  serviceMonitorSelectorNilUsesHelmValues: false,
  podMonitorSelectorNilUsesHelmValues: false,
  probeSelectorNilUsesHelmValues: false,
  scrapeConfigSelectorNilUsesHelmValues: false,
};

/** Attributes of what sends OTLP that become labels; the others stand in target_info alone. */
const PROMOTED = [
  "k8s.namespace.name",
  "k8s.pod.name",
  "k8s.container.name",
  "k8s.node.name",
  "service.version",
  "deployment.environment.name",
];

function alertmanagerValues({ replicas, notifications }: ObservabilityArgs): HelmValues {
  return {
    config: notificationConfig(notifications),
    podDisruptionBudget: { enabled: replicas > 1 },
    alertmanagerSpec: {
      replicas,
      topologySpreadConstraints: spread({ "app.kubernetes.io/name": "alertmanager" }),
      secrets: secretsOf(notifications),
      // Silences and what was told already outlive the pod.
      storage: claim(1),
      resources: resources("20m", "64Mi", "256Mi"),
    },
  };
}

function claim(gibibytes: number) {
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${gibibytes}Gi` } } };
  return { volumeClaimTemplate: { spec } };
}
