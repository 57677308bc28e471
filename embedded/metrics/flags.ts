import { parseArgs } from "node:util";
import { PlatformError } from "../errors.ts";

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
  const values = parse(args);
  const text = (flag: keyof typeof values): string => {
    const value = values[flag];
    if (!value) throw new PlatformError(`metrics: --${flag} is missing`);
    return value;
  };
  const port = (flag: keyof typeof values): number => {
    const value = Number(text(flag));
    if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
    throw new PlatformError(`metrics: --${flag} ${text(flag)} is not a port`);
  };
  return {
    kubeconfig: text("kubeconfig"),
    dir: text("dir"),
    prometheusPort: port("prometheus-port"),
    envoyAdminPort: port("envoy-admin-port"),
    healthPort: port("health-port"),
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = { kubeconfig: text, dir: text, "prometheus-port": text, "envoy-admin-port": text, "health-port": text } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new PlatformError(`metrics: ${error instanceof Error ? error.message : String(error)}`);
  }
}
