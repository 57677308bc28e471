import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { ensureSecrets } from "../controlPlane/index.ts";
import { PlatformError } from "../errors.ts";
import { readStatus } from "../supervisor/index.ts";
import { crdFiles, ensureTools, type ToolName } from "../toolchain/index.ts";
import { endPlatform } from "./down.ts";
import { withLock } from "./lock.ts";
import { PART_NAMES, type PartName, PORT_NAMES } from "./names.ts";
import type { PartContext } from "./parts.ts";
import { filesOf, planOf, toolsOf, withNeeds } from "./plan.ts";
import { choosePorts } from "./ports.ts";
import { untilReady } from "./ready.ts";
import { startSupervisor, supervisorOf } from "./spawn.ts";
import { type Paths, type PlatformState, pathsIn, platformIdOf, readState, stateOf, writePrivate } from "./state.ts";

export interface UpOptions {
  /** Where the platform keeps everything; made when missing. One platform per directory. */
  readonly stateDir: string;
  /** What to start; what these need comes along. @default all parts */
  readonly parts?: readonly PartName[];
  /** The node's image store. @default "images" beside the state directory */
  readonly images?: string;
  /** False: the platform ends with this process, however that ends. @default true */
  readonly detached?: boolean;
  /** False: quicker, and a crash of the machine may lose the cluster's data. For tests. @default true */
  readonly durable?: boolean;
  /** Told what is going on, one line at a time. */
  readonly onProgress?: (line: string) => void;
}

/** A Unix socket's path has to fit into 108 bytes. */
const LONGEST_SOCKET_PATH = 107;

/**
 * Starts the platform and resolves when every part is ready. When it is running already, waits for that and changes nothing.
 * @throws PlatformError that names the part which did not become ready, why, and its last log lines. Nothing is left running then,
 * unless the platform had been running before.
 */
export async function up(options: UpOptions): Promise<PlatformState> {
  const stateDir = resolve(options.stateDir);
  const { onProgress = () => undefined } = options;
  assertPossible(pathsIn(stateDir));
  const parts = withNeeds(options.parts ?? PART_NAMES);
  const programs = await fetchPrograms(parts, onProgress);
  const id = platformIdOf(stateDir);

  const work = async (): Promise<PlatformState> => {
    const isNew = !(await isUsable(id, stateDir));
    if (isNew) {
      await endPlatform(id);
      await start(id, stateDir, parts, programs, options);
    }
    try {
      await untilReady(id, pathsIn(stateDir), parts, onProgress);
    } catch (error) {
      if (isNew) await endPlatform(id);
      throw error;
    }
    return expectState(stateDir);
  };
  return withLock(id, work, () => onProgress("waiting for another sluice command on this platform"));
}

/** A platform that can be joined: looked after, not being stopped, and without a part that was given up under an interrupted `up`. */
async function isUsable(id: string, stateDir: string): Promise<boolean> {
  const parts = (await readStatus(pathsIn(stateDir).status)) ?? [];
  return supervisorOf(id) !== undefined && !parts.some(({ state }) => state === "failed" || state === "stopped");
}

function assertPossible({ etcdSocket }: Paths): void {
  if (process.platform !== "linux") {
    throw new PlatformError(
      `the embedded platform needs Linux (pods get addresses in 127.0.0.0/8), this is ${process.platform}: use the stack "kind"`,
    );
  }
  if (Buffer.byteLength(etcdSocket) > LONGEST_SOCKET_PATH) {
    throw new PlatformError(`${etcdSocket}: longer than ${LONGEST_SOCKET_PATH} bytes, too long for a socket: choose a shorter --state-dir`);
  }
}

interface Programs {
  readonly tools: Readonly<Partial<Record<ToolName, string>>>;
  readonly crdFiles: readonly string[];
}

async function fetchPrograms(parts: readonly PartName[], onProgress: (line: string) => void): Promise<Programs> {
  const tools = await ensureTools(toolsOf(parts), { onProgress });
  return { tools, crdFiles: parts.includes("cluster-setup") ? await crdFiles({ onProgress }) : [] };
}

/** Writes all that the parts read and starts the supervisor. */
async function start(id: string, stateDir: string, parts: readonly PartName[], programs: Programs, options: UpOptions): Promise<void> {
  const paths = pathsIn(stateDir);
  const { images = join(dirname(stateDir), "images"), durable = true, detached = true } = options;
  const ports = await choosePorts(PORT_NAMES, (await readState(stateDir))?.ports ?? {});
  const context: PartContext = { paths, ports, images: resolve(images), crdFiles: programs.crdFiles, durable };

  // The directory may have been there before, open to others.
  await mkdir(stateDir, { recursive: true });
  await chmod(stateDir, 0o700);
  for (const directory of [paths.logs, paths.etcd, paths.node, paths.envoy, paths.prometheus]) {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  }
  await ensureSecrets(paths.secrets);
  for (const [file, content] of Object.entries(filesOf(parts, context))) await writeFile(file, content, { mode: 0o600 });
  await writePrivate(paths.plan, planOf(id, stateDir, parts, programs.tools, context));
  await rm(paths.status, { force: true });
  await writePrivate(paths.state, stateOf(id, stateDir, ports));
  startSupervisor(id, paths, detached);
}

async function expectState(stateDir: string): Promise<PlatformState> {
  const state = await readState(stateDir);
  if (state === undefined)
    throw new PlatformError(`${stateDir}: the platform runs but its platform.json is gone: run "sluice local down", then "up"`);
  return state;
}
