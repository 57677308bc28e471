/**
 * The metrics operator of the embedded platform: ServiceMonitor, PodMonitor and PrometheusRule objects to Prometheus' configuration, with the
 * semantics of the Prometheus operator. `main.ts` is the part that watches, writes and has Prometheus reload.
 */
export { initialPrometheusConfig } from "./config.ts";
