import type { HelmValues } from "../helm.ts";

/** Each copy on another node and in another zone, as far as there are some. */
export function spread(matchLabels: Readonly<Record<string, string>>): readonly HelmValues[] {
  const rule = { maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels } };
  return ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map((topologyKey) => ({ ...rule, topologyKey }));
}

/** Of a proxy that takes all the world's requests. */
export const PROXY_RESOURCES: HelmValues = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "1Gi" } };
