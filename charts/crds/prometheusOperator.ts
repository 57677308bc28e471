// The Prometheus operator: https://prometheus-operator.dev/docs/api-reference/api/

export const SERVICE_MONITOR = { apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor" } as const;

export interface ServiceMonitorSpec {
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly endpoints: readonly { readonly port: string; readonly path: string }[];
  /** Pod labels that become labels of every series. */
  readonly podTargetLabels: readonly string[];
}

export const PROMETHEUS_RULE = { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule" } as const;

export interface PrometheusRuleSpec {
  readonly groups: readonly {
    readonly name: string;
    readonly interval?: string;
    readonly rules: readonly {
      readonly record?: string;
      readonly alert?: string;
      readonly expr: string;
      readonly for?: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
    }[];
  }[];
}

export const ALERTMANAGER_CONFIG = { apiVersion: "monitoring.coreos.com/v1alpha1", kind: "AlertmanagerConfig" } as const;
