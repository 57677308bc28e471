import { join } from "node:path";
import { readFlags } from "../standIn/index.ts";

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
  const { path, port } = readFlags("mesh", ["kubeconfig", "dir", "gateway-port", "admin-port", "health-port"], args);
  return {
    kubeconfig: path("kubeconfig"),
    dir: path("dir"),
    gatewayPort: port("gateway-port"),
    adminPort: port("admin-port"),
    healthPort: port("health-port"),
  };
}
