import { readFlags } from "../standIn/index.ts";

export interface NodeFlags {
  readonly kubeconfig: string;
  /** The node's folder: pods' logs and homes. */
  readonly dir: string;
  /** The image store. */
  readonly images: string;
  /** Port on 127.0.0.1 where GET /healthz is answered once all pods are known. */
  readonly healthPort: number;
}

/** @throws PlatformError that names the flag and what is wrong with it */
export function parseFlags(args: readonly string[]): NodeFlags {
  const { path, port } = readFlags("node", ["kubeconfig", "dir", "images", "health-port"], args);
  return { kubeconfig: path("kubeconfig"), dir: path("dir"), images: path("images"), healthPort: port("health-port") };
}
