import type { HelmValues } from "../helm.ts";
import { budget, spread } from "../pods.ts";
import type { Addresses } from "./addresses.ts";
import type { DatadogArgs } from "./args.ts";
import { collectorValues, env, MEMORY_LIMITER, PLAIN, POD_IP } from "./collector.ts";

export interface GatewayProps {
  /** Of the release and of its Service. */
  readonly name: string;
  readonly replicas: number;
  readonly cluster: string;
  readonly addresses: Addresses;
  readonly datadog: DatadogArgs | undefined;
}

/** The collector that everything is sent to, over OTLP: traces go on to Tempo, logs to Loki, metrics to every copy of Prometheus. */
export function gatewayValues(props: GatewayProps): HelmValues {
  const { name, replicas, datadog } = props;
  return {
    ...collectorValues({ distribution: datadog === undefined ? "k8s" : "contrib", memoryLimit: "1Gi", config: config(props) }),
    mode: "deployment",
    fullnameOverride: name,
    replicaCount: replicas,
    podDisruptionBudget: budget(replicas),
    topologySpreadConstraints: spread({ "app.kubernetes.io/instance": name }),
    podSecurityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
    extraEnvs: datadog === undefined ? [] : [apiKey(datadog)],
    serviceMonitor: { enabled: true },
  };
}

function config({ addresses, cluster, datadog }: GatewayProps) {
  const copies = addresses.prometheusCopies.map(
    (url, copy) => [`otlp_http/prometheus-${copy}`, { endpoint: `${url}/api/v1/otlp` }] as const,
  );
  const more = datadog === undefined ? NO_MORE : toDatadog(datadog);
  const before = ["memory_limiter", "k8s_attributes", "resource/cluster"];
  return {
    receivers: { otlp: { protocols: { grpc: { endpoint: `${POD_IP}:4317` }, http: { endpoint: `${POD_IP}:4318` } } } },
    processors: {
      ...MEMORY_LIMITER,
      "resource/cluster": { attributes: [{ key: "k8s.cluster.name", value: cluster, action: "insert" }] },
      "resource/labels": { attributes: LOG_LABELS },
      batch: {},
    },
    exporters: {
      "otlp_grpc/tempo": { endpoint: addresses.tempoOtlp, tls: PLAIN },
      "otlp_http/loki": { endpoint: `${addresses.loki}/otlp` },
      ...Object.fromEntries(copies),
      ...more.exporters,
    },
    connectors: more.connectors,
    pipelines: {
      traces: pipeline(before, ["otlp_grpc/tempo", ...more.names, ...Object.keys(more.connectors)]),
      logs: pipeline([...before, "resource/labels"], ["otlp_http/loki", ...more.names]),
      metrics: pipeline(before, [...copies.map(([exporter]) => exporter), ...more.names]),
      ...more.pipelines,
    },
  };
}

function pipeline(processors: readonly string[], exporters: readonly string[]) {
  return { receivers: ["otlp"], processors: [...processors, "batch"], exporters };
}

/** The short names that logs in Kubernetes are looked for by. */
const LOG_LABELS = Object.entries({ namespace: "k8s.namespace.name", pod: "k8s.pod.name", container: "k8s.container.name" }).map(
  ([key, from_attribute]) => ({ key, from_attribute, action: "insert" }),
);

const NO_MORE = { exporters: {}, connectors: {}, names: [], pipelines: {} };

/** Its connector counts and times the traces, which Datadog shows as a service's requests. */
function toDatadog({ site }: DatadogArgs) {
  return {
    exporters: { datadog: { api: { site, key: env("DD_API_KEY") } } },
    connectors: { "datadog/connector": {} },
    names: ["datadog"],
    pipelines: { "metrics/traces": { receivers: ["datadog/connector"], processors: ["batch"], exporters: ["datadog"] } },
  };
}

function apiKey({ apiKey: { name, key } }: DatadogArgs) {
  return { name: "DD_API_KEY", valueFrom: { secretKeyRef: { name, key } } };
}
