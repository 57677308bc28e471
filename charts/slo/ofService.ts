import { serviceName } from "../service/names.ts";
import type { Slo } from "./slo.ts";

/** One objective of a service in the mesh, by what its callers see. */
export type ServiceObjective = Pick<Slo, "name" | "objective" | "window" | "minEvents" | "alerting" | "description"> &
  ({ readonly kind: "availability" } | { readonly kind: "latency"; readonly thresholdMs: number; readonly bucketsMs?: readonly number[] });

/** As an SLO: the callers' proxies count the requests of both sides of a rollout, refused connections and time-outs too. */
export function sloOfService(service: string, namespace: string, { kind, ...objective }: ServiceObjective): Slo {
  const from = {
    kind: "istio",
    namespace,
    services: [serviceName(service, "stable"), serviceName(service, "canary")],
    reporter: "source",
  } as const;
  if (!("thresholdMs" in objective)) return { ...objective, service, sli: { type: "availability", from } };
  const { thresholdMs, bucketsMs, ...rest } = objective;
  return { ...rest, service, sli: { type: "latency", from, thresholdMs, ...(bucketsMs && { bucketsMs }) } };
}
