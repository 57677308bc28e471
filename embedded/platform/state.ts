import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { secretFilesIn } from "../controlPlane/index.ts";
import { writeWhole } from "../wholeFile.ts";
import { PORT_NAMES } from "./names.ts";

const PlatformState = z.object({
  /** Marks the platform's processes: value of their environment variable SLUICE_PLATFORM. */
  id: z.string(),
  stateDir: z.string(),
  /** Path of the kubeconfig, mode 0600. */
  kubeconfig: z.string(),
  /** https URL of the API server. */
  apiServer: z.string(),
  prometheusUrl: z.string(),
  /** Envoy's listener: routes by Host header. */
  gatewayUrl: z.string(),
  envoyAdminUrl: z.string(),
  ports: z.record(z.enum(PORT_NAMES), z.number()),
});

/** What a user of the platform has to know of it; kept in <stateDir>/platform.json. */
export type PlatformState = Readonly<z.infer<typeof PlatformState>>;

/** Where things lie in a state directory. */
export function pathsIn(stateDir: string) {
  const path = (...parts: readonly string[]) => join(stateDir, ...parts);
  return {
    state: path("platform.json"),
    plan: path("plan.json"),
    status: path("status.json"),
    kubeconfig: path("kubeconfig"),
    logs: path("logs"),
    secrets: secretFilesIn(path("pki")),
    etcd: path("etcd"),
    etcdSocket: path("etcd", "client.sock"),
    node: path("node"),
    envoy: path("envoy"),
    prometheus: path("prometheus"),
    compiled: path("compiled"),
  };
}

export type Paths = ReturnType<typeof pathsIn>;

/**
 * The id of the platform in a state directory: made from its real path, so that its processes can be found even when the
 * directory has been deleted under them.
 */
export function platformIdOf(stateDir: string): string {
  return createHash("sha256")
    .update(realPath(resolve(stateDir)))
    .digest("hex")
    .slice(0, 12);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path === dirname(path) ? path : join(realPath(dirname(path)), basename(path));
  }
}

/** The state of the platform that was last started there, running or not; undefined when there never was one. */
export async function readState(stateDir: string): Promise<PlatformState | undefined> {
  const text = await readFile(pathsIn(stateDir).state, "utf8").catch(() => undefined);
  const state = text === undefined ? undefined : PlatformState.safeParse(JSON.parse(text));
  // A file that another version wrote tells nothing to this one.
  return state?.success ? state.data : undefined;
}

/** What follows from the ports and the place. */
export function stateOf(id: string, stateDir: string, ports: PlatformState["ports"]): PlatformState {
  return {
    id,
    stateDir,
    kubeconfig: pathsIn(stateDir).kubeconfig,
    apiServer: `https://127.0.0.1:${ports["kube-apiserver"]}`,
    prometheusUrl: `http://127.0.0.1:${ports.prometheus}`,
    gatewayUrl: `http://127.0.0.1:${ports.gateway}`,
    envoyAdminUrl: `http://127.0.0.1:${ports["envoy-admin"]}`,
    ports,
  };
}

/** Writes a JSON file that only the user can read, whole or not at all. */
export async function writePrivate(file: string, content: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  writeWhole(file, JSON.stringify(content, null, 2));
}
