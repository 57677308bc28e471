import { readdirSync, readFileSync } from "node:fs";

export type Environment = ReadonlyMap<string, string>;

/**
 * Every other living process that was started with a variable in its environment, whoever its parent is, and that environment. Reads all
 * of /proc. Other users' processes are not seen.
 */
export function processesWith(variable: string): readonly { readonly pid: number; readonly environment: Environment }[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map((entry) => ({ pid: Number(entry), environment: environmentOf(Number(entry), variable) }))
    .filter(({ environment }) => environment.has(variable));
}

/** The environment of a process that has the variable; empty for one that has not, is gone, is a zombie, or belongs to somebody else. */
export function environmentOf(pid: number, variable: string): Environment {
  try {
    const text = readFileSync(`/proc/${pid}/environ`, "utf8");
    if (!text.includes(`${variable}=`)) return new Map();
    return new Map(text.split("\0").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  } catch {
    return new Map();
  }
}
