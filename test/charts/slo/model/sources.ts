import type { MetricSource } from "../../../../charts/slo/index.ts";

/** One source of every kind, as a service called echo would have it. */
export const SOURCES = {
  istio: { kind: "istio", namespace: "default", services: ["echo-stable", "echo-canary"], reporter: "source" },
  app: { kind: "app", labels: { job: "echo" } },
  otel: { kind: "otel", labels: { job: "default/echo" } },
  kong: { kind: "kong", labels: { exported_service: "echo" } },
} as const satisfies Record<string, MetricSource>;
