// Values of Loki and Tempo: one pod each with a disk of its own. While one is away, the collector keeps what is meant for it for some minutes.
import type { HelmValues } from "../helm.ts";
import { CONFINED, resources } from "../pods.ts";
import { OFF } from "./off.ts";

export interface StoreProps {
  /** Of the release and of its Service. */
  readonly name: string;
  readonly retentionDays: number;
  readonly storageGibibytes: number;
}

export function logsValues({ name, retentionDays, storageGibibytes }: StoreProps): HelmValues {
  return {
    fullnameOverride: name,
    deploymentMode: "Monolithic",
    loki: {
      // One tenant. Who may reach it is for the network to say.
      auth_enabled: false,
      commonConfig: { replication_factor: 1 },
      storage: { type: "filesystem" },
      schemaConfig: { configs: [SCHEMA] },
      limits_config: {
        retention_period: `${retentionDays * 24}h`,
        otlp_config: { resource_attributes: { ignore_defaults: true, attributes_config: [LABELS] } },
      },
      compactor: { retention_enabled: true, delete_request_store: "filesystem" },
      analytics: { reporting_enabled: false },
    },
    singleBinary: {
      replicas: 1,
      persistence: { size: `${storageGibibytes}Gi` },
      resources: resources("100m", "256Mi", "2Gi"),
    },
    // For rules of Loki's own, which nobody writes here; it would read every secret to look for some.
    sidecar: { rules: OFF },
    // Made for many pods and tenants.
    gateway: OFF,
    chunksCache: OFF,
    resultsCache: OFF,
    lokiCanary: OFF,
    test: OFF,
    monitoring: { serviceMonitor: { enabled: true } },
  };
}

/** From its date on; what was written under another schema stays readable only if that stays in the list. */
const SCHEMA = {
  from: "2024-04-01",
  store: "tsdb",
  object_store: "filesystem",
  schema: "v13",
  index: { prefix: "index_", period: "24h" },
};

/** What lines are found by; the boards' links ask for the first two. All other attributes stand beside each line and can be filtered by. */
const LABELS = { action: "index_label", attributes: ["namespace", "pod", "container", "service.name"] };

export function tracesValues({ name, retentionDays, storageGibibytes }: StoreProps): HelmValues {
  return {
    fullnameOverride: name,
    tempo: {
      retention: `${retentionDays * 24}h`,
      reportingEnabled: false,
      resources: resources("100m", "256Mi", "2Gi"),
      securityContext: CONFINED,
    },
    serviceAccount: { automountServiceAccountToken: false },
    persistence: { enabled: true, size: `${storageGibibytes}Gi` },
    serviceMonitor: { enabled: true },
  };
}
