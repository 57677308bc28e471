// The Prometheus operator, for pods without a Service: https://prometheus-operator.dev/docs/api-reference/api/

export const POD_MONITOR = { apiVersion: "monitoring.coreos.com/v1", kind: "PodMonitor" } as const;

export interface PodMonitorSpec {
  readonly namespaceSelector?: { readonly any: true };
  readonly selector: {
    readonly matchLabels?: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly { readonly key: string; readonly operator: "Exists" }[];
  };
  readonly podMetricsEndpoints: readonly { readonly port: string; readonly path: string; readonly relabelings?: readonly Relabeling[] }[];
}

export interface Relabeling {
  readonly sourceLabels: readonly string[];
  readonly regex: string;
  readonly targetLabel: string;
  readonly replacement: string;
}
