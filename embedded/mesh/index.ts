/**
 * The mesh of the embedded platform: VirtualServices, DestinationRules, Services and Pods to Envoy's configuration, and Envoy's counters
 * under Istio's names. `main.ts` is the part that watches and writes; `envoy -c bootstrap.yaml` is the part that serves.
 */
export { envoyBootstrap } from "./bootstrap.ts";
export { prepareEnvoy } from "./files.ts";
export type { EnvoyFlags } from "./flags.ts";
export { meshScrapeConfigs } from "./scrape.ts";
