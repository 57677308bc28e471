import { join } from "node:path";
import { parseArgs } from "node:util";
import { PlatformError } from "../errors.ts";

/** What Envoy's configuration depends on. */
export interface EnvoyFlags {
  /** The folder that holds bootstrap.yaml and everything it names. Absolute. */
  readonly dir: string;
  /** Port of the gateway on 127.0.0.1: requests for every host. */
  readonly gatewayPort: number;
  /** Port of Envoy's admin interface on 127.0.0.1. */
  readonly adminPort: number;
}

export interface MeshFlags extends EnvoyFlags {
  readonly kubeconfig: string;
  /** Port on 127.0.0.1 where GET /healthz answers. */
  readonly healthPort: number;
}

/** Where Envoy reads its resources. Nothing but whole files comes here, by rename. */
export function resourcesDir(dir: string): string {
  return join(dir, "resources");
}

/** @throws PlatformError that names the flag and what is wrong with it. */
export function parseFlags(args: readonly string[]): MeshFlags {
  const values = parse(args);
  const text = (flag: keyof typeof values): string => {
    const value = values[flag];
    if (!value) throw new PlatformError(`mesh: --${flag} is missing`);
    return value;
  };
  const port = (flag: keyof typeof values): number => {
    const value = Number(text(flag));
    if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
    throw new PlatformError(`mesh: --${flag} ${text(flag)} is not a port`);
  };
  return {
    kubeconfig: text("kubeconfig"),
    dir: text("dir"),
    gatewayPort: port("gateway-port"),
    adminPort: port("admin-port"),
    healthPort: port("health-port"),
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = { kubeconfig: text, dir: text, "gateway-port": text, "admin-port": text, "health-port": text } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new PlatformError(`mesh: ${error instanceof Error ? error.message : String(error)}`);
  }
}
