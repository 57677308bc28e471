import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PART_MARK, PLATFORM_MARK, type PlatformProcess, processesOf } from "../processes/index.ts";
import type { Paths } from "./state.ts";

const MAIN = fileURLToPath(new URL("../supervisor/main.ts", import.meta.url));
const SUPERVISOR = "supervisor";

/** What the platform's processes get of the user's environment: nothing that could hold a secret or change how they work. */
const PASSED_ON = ["PATH", "HOME", "USER", "TMPDIR", "LANG", "TZ", "SLUICE_CACHE", "XDG_CACHE_HOME"] as const;

/** The pid of a platform's supervisor; undefined when none is at work. */
export function supervisorOf(id: string): number | undefined {
  return supervisorAmong(processesOf(id));
}

/** The same for one who has looked for the platform's processes already. */
export function supervisorAmong(processes: readonly PlatformProcess[]): number | undefined {
  return processes.find(({ part }) => part === SUPERVISOR)?.pid;
}

/**
 * Starts the supervisor of the plan that lies in `paths`, in a session of its own, so that a Ctrl-C in the terminal is not for it.
 * @param detached false ties it to this process: it ends, with all parts, when this process does.
 */
export function startSupervisor(id: string, paths: Paths, detached: boolean): void {
  const log = openSync(join(paths.logs, "supervisor.log"), "a", 0o600);
  const environment = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const child = spawn(process.execPath, [MAIN, "--plan", paths.plan, ...(detached ? [] : ["--until-stdin-closes"])], {
    detached: true,
    // Stripping types from the same files at each start costs each of the stand-ins 0.2 s.
    env: { ...environment, NODE_COMPILE_CACHE: paths.compiled, [PLATFORM_MARK]: id, [PART_MARK]: SUPERVISOR },
    // The kernel closes this end of the pipe when this process is gone, also by a kill -9.
    stdio: [detached ? "ignore" : "pipe", log, log],
  });
  closeSync(log);
  child.unref();
}
