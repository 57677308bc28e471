import { readFileSync } from "node:fs";
import { hasCode } from "../errors.ts";

/** What Linux tells of a process that lives; a zombie does not. */
export interface ProcessStat {
  /** The group it belongs to; the group's leader has the same pid. */
  readonly group: number;
  /** Ticks since boot when it was started: with the pid this names a process for good, although pids are used again. */
  readonly startTime: string;
}

/** Undefined when there is no such process, or no /proc. */
export function statOf(pid: number): ProcessStat | undefined {
  const text = statText(pid);
  // The second field is the program's name in parentheses and may have anything in it; fields are counted from after it.
  const [state, , group, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const startTime = rest[16];
  return state === undefined || state === "Z" || state === "" || startTime === undefined ? undefined : { group: Number(group), startTime };
}

function statText(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}

/** True when a process of this id is there, whoever owns it. Needs no /proc. */
export function isRunning(pid: number): boolean {
  try {
    // The signal 0 only asks.
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
