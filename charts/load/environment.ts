/** What a service must keep under load: the same bound that a canary is held to. */
export type LoadObjective = { readonly limit: number } & (
  | { readonly kind: "availability" }
  | { readonly kind: "latency"; readonly thresholdMs: number }
);

/** A service that requests are sent to. */
export interface LoadTarget {
  readonly service: string;
  /** As a pod reaches it, best by the way users take: the gateway. */
  readonly url: string;
  /** Name of the service, where the address is that of a gateway which has many. */
  readonly host?: string | undefined;
  readonly objectives: readonly LoadObjective[];
}

/**
 * What the scripts of apps/load are told, by the names they have for it.
 * @param rate requests a second
 */
export function scriptEnvironment({ url, host, objectives }: LoadTarget, rate: number): Readonly<Record<string, string>> {
  const failed = objectives.filter(({ kind }) => kind === "availability").map(({ limit }) => limit);
  const slower = objectives.flatMap((objective) => (objective.kind === "latency" ? `${objective.thresholdMs}:${objective.limit}` : []));
  return {
    URL: url,
    RATE: String(rate),
    ...(host !== undefined && { HOST: host }),
    ...(failed.length > 0 && { FAILED: String(Math.min(...failed)) }),
    ...(slower.length > 0 && { SLOWER: slower.join(",") }),
  };
}
