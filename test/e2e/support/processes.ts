// The processes of commands: all of them inherit SLUICE_STATE, whoever their parent is by now. (A platform's do not: it has a mark of its own.)
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { endAll, processesWith } from "../../../embedded/processes/index.ts";
import { eventually } from "../../support/eventually.ts";

export interface CommandProcess {
  readonly pid: number;
  readonly command: readonly string[];
}

/** Every living process of the commands that were started on a state folder. */
export function commandsOn(stateFolder: string): readonly CommandProcess[] {
  return processesWith("SLUICE_STATE")
    .filter(({ environment }) => environment.get("SLUICE_STATE") === stateFolder)
    .map(({ pid }) => ({ pid, command: commandOf(pid) }));
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
  await endAll(() => commandsOn(stateFolder), 2);
}

/** A process's program and arguments; none when it is gone or is somebody else's. */
function commandOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}
