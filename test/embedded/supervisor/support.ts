import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { endAll, PART_MARK, PLATFORM_MARK, processesOf } from "../../../embedded/processes/index.ts";
import { type PartPlan, type PartStatus, readStatus } from "../../../embedded/supervisor/index.ts";
import { eventually } from "../../support/eventually.ts";

export const MAIN = fileURLToPath(new URL("../../../embedded/supervisor/main.ts", import.meta.url));

/** A part whose program is one line of JavaScript; ready when it has logged "ready". */
export function script(name: string, code: string, change: Partial<PartPlan> = {}): PartPlan {
  return {
    name,
    command: process.execPath,
    args: ["-e", code],
    env: {},
    needs: [],
    probe: { kind: "log", text: "ready" },
    readySeconds: 10,
    stopSeconds: 2,
    startsOthers: false,
    ...change,
  };
}

/** Ready at once, and stays. */
export const STAYS = "console.log('ready'); setInterval(() => {}, 1000)";

export interface Supervised {
  readonly id: string;
  readonly process: ChildProcess;
  readonly directory: string;
  /** The part's status as soon as it is as wished. */
  until(name: string, wish: (status: PartStatus) => boolean): Promise<PartStatus>;
  /** Events of supervisor.log, "part event". */
  events(): Promise<readonly string[]>;
  pids(): readonly number[];
  /** Resolves with the exit code. */
  ended(): Promise<number | null>;
}

/** Runs the supervisor's own process on a plan; whatever is left of it goes with the test. */
export async function supervise(t: TestContext, parts: readonly PartPlan[]): Promise<Supervised> {
  const directory = await mkdtemp(join(tmpdir(), "sluice-supervisor-"));
  const id = randomBytes(6).toString("hex");
  const logs = join(directory, "logs");
  const statusFile = join(directory, "status.json");
  const planFile = join(directory, "plan.json");
  await writeFile(planFile, JSON.stringify({ id, directory, logs, statusFile, parts }));

  const child = spawn(process.execPath, [MAIN, "--plan", planFile, "--until-stdin-closes"], {
    env: { PATH: process.env.PATH, [PLATFORM_MARK]: id, [PART_MARK]: "supervisor" },
    stdio: ["pipe", "ignore", "ignore"],
  });
  const exit = once(child, "exit");
  t.after(async () => {
    child.kill("SIGKILL");
    await endAll(() => processesOf(id), 0);
    await rm(directory, { recursive: true, force: true });
  });

  return {
    id,
    process: child,
    directory,
    until: (name, wish) =>
      eventually(`${name} as wished`, async () => (await readStatus(statusFile))?.find((part) => part.name === name && wish(part))),
    events: async () => {
      const lines = (await readFile(join(logs, "supervisor.log"), "utf8")).trim().split("\n");
      return lines.map((line) => JSON.parse(line)).map(({ part, event }) => `${part} ${event}`);
    },
    pids: () => processesOf(id).map(({ pid }) => pid),
    ended: async () => (await exit)[0],
  };
}
