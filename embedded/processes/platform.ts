import { environmentOf, processesWith } from "./environment.ts";
import { PART_MARK, PLATFORM_MARK } from "./marks.ts";

export interface PlatformProcess {
  readonly pid: number;
  /** The part, "supervisor", or undefined for a pod's process. */
  readonly part: string | undefined;
}

/** True when a process lives and is one of a platform. */
export function isOf(platformId: string, pid: number): boolean {
  return environmentOf(pid, PLATFORM_MARK).get(PLATFORM_MARK) === platformId;
}

/** Every other living process of a platform. */
export function processesOf(platformId: string): readonly PlatformProcess[] {
  return processesWith(PLATFORM_MARK)
    .filter(({ environment }) => environment.get(PLATFORM_MARK) === platformId)
    .map(({ pid, environment }) => ({ pid, part: environment.get(PART_MARK) }));
}
