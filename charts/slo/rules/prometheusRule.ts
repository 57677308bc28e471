import { PROMETHEUS_RULE, type PrometheusRuleSpec } from "../../crds/index.ts";
import type { Manifest } from "../../manifest.ts";
import type { Slo } from "../slo.ts";
import { type RuleOptions, sloRules } from "./sloRules.ts";

/** The rules of these SLOs as the object that Prometheus' operator takes. */
export function prometheusRule(name: string, namespace: string, slos: readonly Slo[], options: RuleOptions = {}): Manifest {
  const spec: PrometheusRuleSpec = { groups: sloRules(slos, options) };
  return { ...PROMETHEUS_RULE, metadata: { name, namespace }, spec };
}
