// The commands a user types, run as processes of their own on a state folder of their own.
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { eventually } from "../../support/eventually.ts";

const main = fileURLToPath(new URL("../../../cli/main.ts", import.meta.url));

export interface Finished {
  readonly code: number | null;
  /** Standard output and error, as they came. */
  readonly output: string;
}

/** A command that runs: what it has printed so far, and how it ends. */
export interface Running {
  readonly process: ChildProcess;
  output(): string;
  readonly finished: Promise<Finished>;
}

/** Starts `sluice ARGS`, in a process group of its own so that a whole command can be killed. */
export function sluice(stateFolder: string, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, SLUICE_STATE: stateFolder, FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
  return { process: child, output: () => output, finished };
}

/**
 * Waits until the command has printed something, and returns the match.
 * @throws Error with all that it printed, when it ends without it or does not print it in time (default 180 s)
 */
export async function printed(running: Running, pattern: RegExp, seconds = 180): Promise<RegExpExecArray> {
  let isOver = false;
  void running.finished.then(() => {
    isOver = true;
  });
  const what = `the command prints ${pattern}`;
  const found = await eventually(
    what,
    async () => {
      const match = pattern.exec(running.output());
      if (match === null && !isOver) throw new Error(`it printed:\n${running.output()}`);
      return { match };
    },
    { seconds },
  );
  if (found.match === null) throw new Error(`${what}: it ended without, and printed:\n${running.output()}`);
  return found.match;
}
