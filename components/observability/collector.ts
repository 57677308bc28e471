// What the agent and the gateway, both OpenTelemetry Collectors, have in common.
import type { HelmValues } from "../helm.ts";
import { resources } from "../pods.ts";
import { OFF } from "./off.ts";

const IMAGES = "ghcr.io/open-telemetry/opentelemetry-collector-releases";

export interface CollectorProps {
  /** `k8s` holds what a cluster needs, `contrib` everything, vendors' exporters too. */
  readonly distribution: "k8s" | "contrib";
  readonly memoryLimit: string;
  /** Receivers, processors, exporters, connectors and pipelines; the whole of it: the chart's own configuration listens for Jaeger and Zipkin. */
  readonly config: { readonly pipelines: HelmValues } & HelmValues;
}

export function collectorValues({ distribution, memoryLimit, config: { pipelines, ...components } }: CollectorProps) {
  return {
    image: { repository: `${IMAGES}/opentelemetry-collector-${distribution}` },
    resources: resources("50m", "128Mi", memoryLimit),
    ports: {
      "jaeger-compact": OFF,
      "jaeger-thrift": OFF,
      "jaeger-grpc": OFF,
      zipkin: OFF,
      metrics: { enabled: true },
    },
    presets: { kubernetesAttributes: { enabled: true } },
    alternateConfig: {
      ...components,
      // The chart's probes ask this one.
      extensions: { health_check: { endpoint: `${POD_IP}:13133` } },
      service: { extensions: ["health_check"], telemetry: { metrics: { readers: [OWN_METRICS] } }, pipelines },
    },
  };
}

/** A variable of the collector's own environment, filled in when it starts. */
export function env(name: string): string {
  return `\${env:${name}}`;
}

/** The chart gives every pod its own address as a variable: nothing listens on all addresses of a node. */
export const POD_IP = env("MY_POD_IP");

const OWN_METRICS = { pull: { exporter: { prometheus: { host: POD_IP, port: 8888 } } } };

/** First in every pipeline: what is refused early is sent again, what is taken when memory is short is lost with the pod. */
export const MEMORY_LIMITER = { memory_limiter: { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 25 } };

/** Within the cluster; the mesh encrypts where it is wanted. */
export const PLAIN = { insecure: true };
