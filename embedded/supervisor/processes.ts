import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The environment variables that mark every process of a platform, and within it every part. */
export const PLATFORM_MARK = "SLUICE_PLATFORM";
export const PART_MARK = "SLUICE_PART";

export interface MarkedProcess {
  readonly pid: number;
  /** The part, "supervisor", or undefined for a pod's process. */
  readonly part: string | undefined;
}

/** True when a process lives and is one of a platform. */
export function isOf(platformId: string, pid: number): boolean {
  return environmentOf(String(pid)).get(PLATFORM_MARK) === platformId;
}

/** Every living process of a platform, whoever its parent is: the mark is inherited and cannot get lost. Reads all of /proc. */
export function processesOf(platformId: string): readonly MarkedProcess[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .flatMap((entry) => {
      const environment = environmentOf(entry);
      return environment.get(PLATFORM_MARK) === platformId ? [{ pid: Number(entry), part: environment.get(PART_MARK) }] : [];
    });
}

/** The environment of a process that has the mark; empty for one that has none, is gone, is a zombie, or belongs to somebody else. */
function environmentOf(pid: string): ReadonlyMap<string, string> {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
    if (!environment.includes(PLATFORM_MARK)) return new Map();
    return new Map(environment.split("\0").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  } catch {
    return new Map();
  }
}

/** Sends a signal; false when the process is gone already. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/**
 * Ends processes: SIGTERM, then SIGKILL for those that are still there after the grace.
 * @param find gives the processes that should be gone; asked again, so that what they start meanwhile is found too.
 * @returns how many had to be killed.
 */
export async function endAll(find: () => readonly MarkedProcess[], graceSeconds: number): Promise<number> {
  const told = new Set<number>();
  const deadline = Date.now() + graceSeconds * 1000;
  for (let left = find(); left.length > 0; left = find()) {
    if (Date.now() >= deadline) {
      for (const { pid } of left) signal(pid, "SIGKILL");
      await sleep(50);
      return left.length;
    }
    for (const { pid } of left) if (!told.has(pid)) signal(pid, "SIGTERM");
    for (const { pid } of left) told.add(pid);
    await sleep(100);
  }
  return 0;
}
