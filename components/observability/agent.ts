import type { HelmValues } from "../helm.ts";
import { CONFINED } from "../pods.ts";
import type { Addresses } from "./addresses.ts";
import { collectorValues, MEMORY_LIMITER, PLAIN } from "./collector.ts";
import { OFF } from "./off.ts";

export interface AgentProps {
  readonly name: string;
  readonly addresses: Addresses;
  readonly kubeletsCertified: boolean;
}

const PROCESSORS = ["memory_limiter", "k8s_attributes", "batch"];

/** A collector on every node: reads the logs of its pods and asks its kubelet what they use. Nothing is sent to it. */
export function agentValues({ name, addresses, kubeletsCertified }: AgentProps): HelmValues {
  const pipeline = { receivers: [], processors: PROCESSORS, exporters: ["otlp_grpc"] };
  const { ports, presets, ...values } = collectorValues({
    distribution: "k8s",
    memoryLimit: "512Mi",
    config: {
      receivers: kubeletsCertified ? {} : { kubeletstats: { insecure_skip_verify: true } },
      processors: { ...MEMORY_LIMITER, batch: {} },
      // Logs wait in their files until they are taken, however long that takes.
      exporters: { otlp_grpc: { endpoint: addresses.otlpGrpc, tls: PLAIN, retry_on_failure: { max_elapsed_time: "0s" } } },
      pipelines: { logs: pipeline, metrics: pipeline },
    },
  });
  return {
    ...values,
    mode: "daemonset",
    // The chart adds "-agent" to what it makes of a daemonset.
    fullnameOverride: name,
    ports: { ...ports, otlp: OFF, "otlp-http": OFF },
    presets: {
      ...presets,
      logsCollection: { enabled: true, storeCheckpoints: true },
      kubeletMetrics: { enabled: true },
    },
    // Logs belong to root, and so does the folder in which the agent writes down how far it has read.
    securityContext: { ...CONFINED, runAsUser: 0, runAsGroup: 0 },
    tolerations: [{ operator: "Exists" }],
    podMonitor: { enabled: true },
  };
}
