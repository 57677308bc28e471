// The processes of commands: all of them inherit SLUICE_STATE, whoever their parent is by now. (A platform's do not: it has a mark of its own.)
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { endAll } from "../../../embedded/supervisor/index.ts";
import { eventually } from "../../support/platform.ts";

export interface CommandProcess {
  readonly pid: number;
  readonly command: readonly string[];
}

/** Every living process of the commands that were started on a state folder. */
export function commandsOn(stateFolder: string): readonly CommandProcess[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((entry) => read(entry, "environ").includes(`SLUICE_STATE=${stateFolder}`))
    .map((entry) => ({ pid: Number(entry), command: read(entry, "cmdline") }));
}

/** The engine of the `pulumi` that runs on a state folder. @throws Error when there is not exactly one */
export function engineOn(stateFolder: string): number {
  const engines = commandsOn(stateFolder).filter(({ command: [program = ""] }) => program.endsWith("/pulumi"));
  const [engine, ...others] = engines;
  if (engine === undefined || others.length > 0) throw new Error(`${engines.length} engines run, not one`);
  return engine.pid;
}

/**
 * Waits until every process of the commands on a state folder is gone.
 * @param except name of a program that may stay
 * @throws Error that lists those that are not (after 30 s)
 */
export async function noCommandsOn(stateFolder: string, except?: string): Promise<void> {
  await eventually("every process of the command is gone", async () => {
    const left = commandsOn(stateFolder).filter(({ command: [program = ""] }) => basename(program) !== except);
    if (left.length > 0) throw new Error(left.map(({ pid, command }) => `${pid} ${command.join(" ")}`).join("\n"));
    return true;
  });
}

/** Ends what still runs of a test's commands. */
export async function endCommands(stateFolder: string): Promise<void> {
  await endAll(() => commandsOn(stateFolder).map(({ pid }) => ({ pid, part: undefined })), 2);
}

/** Parts of a list that the kernel keeps of a process; none when the process is gone or is somebody else's. */
function read(pid: string, list: "environ" | "cmdline"): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/${list}`, "utf8").split("\0");
  } catch {
    return [];
  }
}
