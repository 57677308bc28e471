import { readdirSync, readFileSync } from "node:fs";

/** What Linux tells of a process that lives; a zombie does not. */
export interface ProcessStat {
  /** The group it belongs to; the group's leader has the same pid. */
  readonly group: number;
  /** Ticks since boot when it was started: with the pid this names a process for good, although pids are used again. */
  readonly startTime: string;
}

/** Undefined when there is no such process. */
export function statOf(pid: number): ProcessStat | undefined {
  const text = read(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses and may have anything in it; fields are counted from after it.
  const [state, , group, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const startTime = rest[16];
  return state === undefined || state === "Z" || state === "" || startTime === undefined ? undefined : { group: Number(group), startTime };
}

/** Pids of all processes that have the variable in their first environment, with its value. Other users' processes are not seen. */
export function processesWith(variable: string): { readonly pid: number; readonly value: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const entry = read(`/proc/${name}/environ`)
        .split("\0")
        .find((line) => line.startsWith(`${variable}=`));
      return entry === undefined ? [] : [{ pid: Number(name), value: entry.slice(variable.length + 1) }];
    });
}

/** The file's text; empty when the process is gone or another user's. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
