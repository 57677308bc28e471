import { readFlags } from "../standIn/index.ts";

export interface MetricsFlags {
  readonly kubeconfig: string;
  /** Prometheus' folder, where it finds prometheus.yml. */
  readonly dir: string;
  /** Ports on 127.0.0.1: of Prometheus, of Envoy's admin interface, and for GET /healthz of this part. */
  readonly prometheusPort: number;
  readonly envoyAdminPort: number;
  readonly healthPort: number;
}

/** @throws PlatformError that names the flag and what is wrong with it */
export function parseFlags(args: readonly string[]): MetricsFlags {
  const { path, port } = readFlags("metrics", ["kubeconfig", "dir", "prometheus-port", "envoy-admin-port", "health-port"], args);
  return {
    kubeconfig: path("kubeconfig"),
    dir: path("dir"),
    prometheusPort: port("prometheus-port"),
    envoyAdminPort: port("envoy-admin-port"),
    healthPort: port("health-port"),
  };
}
