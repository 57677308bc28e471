import type { PromProbe } from "../crds/index.ts";
import { countersOf, type ServiceObjective, sloOfService } from "../slo/index.ts";

/** An objective of a service, and the share of bad requests from which it is not kept: the same as a canary is held to. */
export type SteadyObjective = ServiceObjective & { readonly limit: number };

/** Long enough for some scrapes, short enough to see a fault of two minutes. */
const WINDOW = "1m";

/**
 * What must hold of a service while a fault is in it: the same counts of bad and of all requests as its SLO, over the last minute. No run
 * begins where it does not hold before, and one in which it breaks is ended at once. No requests are no steady state: nothing could be seen.
 */
export function steadyState(service: string, namespace: string, objective: SteadyObjective, prometheusUrl: string): readonly PromProbe[] {
  const { limit, ...rest } = objective;
  const { bad, total } = countersOf(sloOfService(service, namespace, rest).sli);
  const inputs = {
    endpoint: prometheusUrl,
    query: withinDoubleQuotes(`${bad(WINDOW, [])} / ${total(WINDOW, [])}`),
    comparator: { criteria: "<=", value: String(limit) },
  } as const;
  // One answer that is lost on the way is no broken steady state.
  const asked = { probeTimeout: "5s", interval: "2s", attempt: 3 };
  const probe = { type: "promProbe", "promProbe/inputs": inputs } as const;
  return [
    { ...probe, name: `${objective.name}-before`, mode: "SOT", runProperties: { ...asked, stopOnFailure: true } },
    {
      ...probe,
      name: `${objective.name}-during`,
      mode: "Continuous",
      runProperties: { ...asked, probePollingInterval: "10s", stopOnFailure: true },
    },
  ];
}

/** Litmus puts the query between double quotes into a command of a shell, as it is: PromQL's own quotes would end them. */
export function withinDoubleQuotes(text: string): string {
  return text.replace(/[\\"$`]/g, "\\$&");
}
