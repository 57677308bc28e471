// Everything a way of getting a tool takes from outside, so that tests can give it something else.
import os from "node:os";
import path from "node:path";
import type { Progress } from "./progress.ts";
import type { Tool } from "./tool.ts";

/** How long each kind of step may take, in seconds, before it is given up with a reason. */
export interface Deadlines {
  /** From asking a server to its first answer: short, because without network every download waits this long. */
  readonly answer: number;
  /** Silence in the middle of a transfer. */
  readonly silence: number;
  readonly download: number;
  readonly build: number;
  readonly sources: number;
}

export interface Surroundings {
  readonly tools: readonly Tool[];
  readonly cacheDir: string;
  readonly modulesDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As Node puts it: process.platform and process.arch with a dash. */
  readonly platform: string;
  readonly deadlines: Deadlines;
  readonly progress: Progress;
  /** Servers that did not answer in this run, with the reason; they are not asked again. */
  readonly unreachable: Map<string, string>;
}

export const usualDeadlines: Deadlines = { answer: 5, silence: 20, download: 900, build: 3600, sources: 900 };

/** The cache shared by all checkouts of one user: $SLUICE_CACHE, else $XDG_CACHE_HOME/sluice, else ~/.cache/sluice. */
export function cacheDirOf(env: Readonly<Record<string, string | undefined>>): string {
  if (env.SLUICE_CACHE) return path.resolve(env.SLUICE_CACHE);
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "sluice");
}
