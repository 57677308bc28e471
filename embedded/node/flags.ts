import { resolve } from "node:path";
import { parseArgs } from "node:util";

export interface Flags {
  readonly kubeconfig: string;
  /** The node's folder, absolute: pods' logs and homes. */
  readonly dir: string;
  /** The image store, absolute. */
  readonly images: string;
  /** Port on 127.0.0.1 where GET /healthz is answered once all pods are known. */
  readonly healthPort: number;
}

/** The flags, or what is wrong with them. */
export function readFlags(args: readonly string[]): Flags | string {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { kubeconfig: text, dir: text, images: text, "health-port": text } });
    const { kubeconfig, dir, images, "health-port": port } = values;
    if (kubeconfig === undefined || dir === undefined || images === undefined || port === undefined)
      return "--kubeconfig, --dir, --images and --health-port are all needed";
    const healthPort = Number(port);
    if (!Number.isInteger(healthPort) || healthPort < 1 || healthPort > 65_535) return `--health-port ${port} is not a port`;
    return { kubeconfig, dir: resolve(dir), images: resolve(images), healthPort };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
