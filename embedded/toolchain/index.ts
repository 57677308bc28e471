// The toolchain: every program the embedded platform runs, in exactly the version it was proved with.
import path from "node:path";
import { embeddedCrds, wholePlatformCrds } from "./crdSets.ts";
import { ensureCrds } from "./crds.ts";
import { ensure } from "./ensure.ts";
import { type InventoryLine, inventoryOf } from "./inventory.ts";
import { progressInLines, progressOnTerminal } from "./progress.ts";
import { cacheDirOf, type Surroundings, usualDeadlines } from "./surroundings.ts";
import { type ToolName, tools } from "./tools.ts";

export type { InventoryLine } from "./inventory.ts";
export type { ToolName } from "./tools.ts";

export interface EnsureOptions {
  /** Takes a line at the start and end of each step and every 15 seconds in between. Without it progress goes to stderr, on a terminal as one counting line. */
  readonly onProgress?: (line: string) => void;
}

/** The names of all tools, in the order in which they are fetched. */
export const toolNames: readonly ToolName[] = tools.map(({ name }) => name);

/** Servers that did not answer; asking each of them again for every tool would only add to the wait. */
const unreachable = new Map<string, string>();

/**
 * The absolute path of a tool's executable file, downloaded or built first when it is not on the machine.
 * @throws PlatformError that names the tool, the ways to get it and why each failed
 */
export async function ensureTool(name: ToolName, options: EnsureOptions = {}): Promise<string> {
  return (await ensureTools([name], options))[name];
}

/** The paths of several tools by name; what is missing is fetched one after the other, since each build uses all cores. */
export async function ensureTools<Name extends ToolName>(
  names: readonly Name[],
  options: EnsureOptions = {},
): Promise<Readonly<Record<Name, string>>> {
  const surroundings = surroundingsOf(options);
  const files: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const tool = tools.find((candidate) => candidate.name === name);
    if (tool) files[name] = await ensure(tool, surroundings);
  }
  if (!hasAll(files, names)) throw new Error(`not all of ${names.join(", ")} are tools`);
  return files;
}

function hasAll<Name extends string>(files: Partial<Record<Name, string>>, names: readonly Name[]): files is Record<Name, string> {
  return names.every((name) => files[name] !== undefined);
}

/** YAML files of the upstream custom resource definitions: Argo Rollouts, Istio, and the Prometheus operator's monitors and rules. */
export function crdFiles(options: EnsureOptions = {}): Promise<readonly string[]> {
  return ensureCrds(embeddedCrds, surroundingsOf(options));
}

/** The same for kinds that only a whole platform has, for tests of manifests. */
export function wholePlatformCrdFiles(options: EnsureOptions = {}): Promise<readonly string[]> {
  return ensureCrds(wholePlatformCrds, surroundingsOf(options));
}

/** What `sluice tools` shows, one line per tool. Fetches nothing. */
export function inventory(): Promise<readonly InventoryLine[]> {
  return inventoryOf(surroundingsOf({}));
}

function surroundingsOf({ onProgress }: EnsureOptions): Surroundings {
  const stderrLines = (line: string) => process.stderr.write(`${line}\n`);
  const onTerminal = onProgress === undefined && process.stderr.isTTY;
  return {
    tools,
    cacheDir: cacheDirOf(process.env),
    modulesDir: path.join(import.meta.dirname, "modules"),
    env: process.env,
    platform: `${process.platform}-${process.arch}`,
    deadlines: usualDeadlines,
    progress: onTerminal ? progressOnTerminal(process.stderr) : progressInLines(onProgress ?? stderrLines),
    unreachable,
  };
}
