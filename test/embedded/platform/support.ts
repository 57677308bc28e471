import { spawn } from "node:child_process";
import { type PartName, status, type UpOptions, up } from "../../../embedded/platform/index.ts";
import { platformIdOf } from "../../../embedded/platform/state.ts";
import { processesOf } from "../../../embedded/processes/index.ts";
import { eventually } from "../../support/eventually.ts";

/** Two parts that start at once and need no cluster. */
export const LIGHT: readonly PartName[] = ["etcd", "prometheus"];

/** `up` as the command line does it, only lighter. */
export function upLight(stateDir: string, options: Partial<UpOptions> = {}) {
  return up({ stateDir, parts: LIGHT, durable: false, ...options });
}

/** The same in a process of its own. */
export function upInChild(stateDir: string, detached: boolean) {
  const module = new URL("../../../embedded/platform/index.ts", import.meta.url).href;
  const options = JSON.stringify({ stateDir, parts: LIGHT, durable: false, detached });
  const code = `import { up } from "${module}"; await up(${options}); console.log("up"); setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
}

/** Kills the supervisor as hard as can be and waits until it is gone. */
export async function killSupervisor(stateDir: string): Promise<void> {
  const { supervisorPid = 0 } = await status(stateDir);
  process.kill(supervisorPid, "SIGKILL");
  await eventually("the supervisor to be gone", async () => (pidsOf(stateDir).includes(supervisorPid) ? undefined : true));
}

export function pidsOf(stateDir: string): readonly number[] {
  return processesOf(platformIdOf(stateDir)).map(({ pid }) => pid);
}
