// Alerts of the platform's own parts. Those of services follow from their SLOs: charts/slo.
import { PROMETHEUS_RULE, type PrometheusRuleSpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";

export { type DownProps, down } from "./down.ts";

/** What somebody must be told of a part of the platform, before users notice. */
export interface Alert {
  /** As it is named in chats and runbooks: "IstiodDown". Unique on the platform. */
  readonly name: string;
  /** PromQL; each series it gives is an alert. */
  readonly expr: string;
  /** It is told once it has held for so long. A restart should not wake anybody. */
  readonly forMinutes: number;
  /** `page`: somebody gets up. `ticket`: somebody looks tomorrow. The same two that SLOs have, routed the same way. */
  readonly severity: "page" | "ticket";
  /** One line: what is wrong, with the series' labels as `{{ $labels.pod }}`. */
  readonly summary: string;
  /** What it means for users, and where to begin. */
  readonly description: string;
}

/** The alerts of one part, as the object that Prometheus' operator takes. */
export function alertsManifest(part: string, namespace: string, alerts: readonly Alert[]): Manifest {
  const spec: PrometheusRuleSpec = { groups: [{ name: `sluice-${part}`, rules: alerts.map((alert) => rule(part, alert)) }] };
  return { ...PROMETHEUS_RULE, metadata: { name: `sluice-${part}`, namespace }, spec };
}

function rule(part: string, { name, expr, forMinutes, severity, summary, description }: Alert) {
  return { alert: name, expr, for: `${forMinutes}m`, labels: { severity, part }, annotations: { summary, description } };
}
