import { PROMETHEUS_RULE, type PrometheusRuleSpec } from "../../crds/index.ts";
import type { Manifest } from "../../manifest.ts";
import type { Slo } from "../slo.ts";
import { type RuleOptions, sloRules } from "./sloRules.ts";

export interface PrometheusRuleOptions extends RuleOptions {
  /** Where people reach Grafana: "https://grafana.example". @default not known, and alerts link to no board but the one an SLO names itself */
  readonly dashboards?: string;
}

/** The label by which the operator's Alertmanager gives an alert to the routes of its namespace. */
const NAMESPACE = "namespace";

/**
 * The rules of these SLOs as the object that Prometheus' operator takes. Their alerts have the label `namespace`, unless the SLOs have one of their own, and
 * lead to the Release board of their service.
 */
export function prometheusRule(
  name: string,
  namespace: string,
  slos: readonly Slo[],
  { dashboards, ...options }: PrometheusRuleOptions = {},
): Manifest {
  const linked = dashboards === undefined ? slos : slos.map((slo) => withBoard(slo, boardUrl(dashboards, namespace, slo.service)));
  const spec: PrometheusRuleSpec = {
    groups: sloRules(
      linked.map((slo) => withNamespace(slo, namespace)),
      options,
    ),
  };
  return { ...PROMETHEUS_RULE, metadata: { name, namespace }, spec };
}

function withBoard(slo: Slo, dashboard: string): Slo {
  return { ...slo, alerting: { dashboard, ...slo.alerting } };
}

function withNamespace(slo: Slo, namespace: string): Slo {
  const { grouping = [], labels = {}, alerting } = slo;
  if (grouping.includes(NAMESPACE) || NAMESPACE in labels) return slo;
  return { ...slo, alerting: { ...alerting, labels: { [NAMESPACE]: namespace, ...alerting?.labels } } };
}

/** The board and its variables by the names that dashboards/ gives them, which charts know nothing of; a test compares them. */
function boardUrl(dashboards: string, namespace: string, service: string): string {
  const variables = new URLSearchParams({ "var-namespace": namespace, "var-service": service });
  return `${dashboards.replace(/\/+$/, "")}/d/sluice-release?${variables}`;
}
