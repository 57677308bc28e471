// The Prometheus operator: https://prometheus-operator.dev/docs/api-reference/api/

export const SERVICE_MONITOR = { apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor" } as const;

export interface ServiceMonitorSpec {
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly endpoints: readonly { readonly port: string; readonly path: string }[];
  /** Pod labels that become labels of every series. */
  readonly podTargetLabels: readonly string[];
}
