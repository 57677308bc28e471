import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { logSize } from "../logFiles.ts";
import { PART_MARK } from "../processes/index.ts";
import type { PartPlan } from "./plan.ts";
import { askOnce } from "./probe.ts";

const ASK_EVERY_MS = 50;

export type Ready = { readonly kind: "ready" };
export type Stop = { readonly kind: "stop" };
/** done: a task has ended well. ended: the process is gone. late: it was not ready in time. */
export type End = { readonly kind: "done" } | { readonly kind: "ended" | "late"; readonly reason: string };

/** One process of a part. */
export interface Run {
  readonly pid: number | undefined;
  /** Size of the log when the process was started. */
  readonly logFrom: number;
  readonly ended: Promise<End>;
  /** SIGTERM, then SIGKILL after the part's grace; resolves when the process is gone. */
  end(): Promise<void>;
}

/** Starts a part's process; what it prints is appended to its log. */
export function startRun(plan: PartPlan, directory: string, log: string): Run {
  const logFrom = logSize(log);
  const fd = openSync(log, "a", 0o600);
  const env = { ...process.env, ...plan.env, [PART_MARK]: plan.name };
  const child = spawn(plan.command, plan.args, { cwd: directory, env, stdio: ["ignore", fd, fd] });
  closeSync(fd);
  const ended = endOf(child, plan);
  return { pid: child.pid, logFrom, ended, end: () => end(child, ended, plan.stopSeconds) };
}

function endOf(child: ChildProcess, { probe }: PartPlan): Promise<End> {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ kind: "ended", reason: `cannot be started: ${error.message}` }));
    child.on("exit", (code, by) => {
      if (code === 0 && probe.kind === "exit") resolve({ kind: "done" });
      else resolve({ kind: "ended", reason: by === null ? `ended with code ${code}` : `was ended by ${by}` });
    });
  });
}

async function end(child: ChildProcess, ended: Promise<End>, graceSeconds: number): Promise<void> {
  child.kill("SIGTERM");
  const kill = setTimeout(() => child.kill("SIGKILL"), graceSeconds * 1000);
  await ended;
  clearTimeout(kill);
}

/** Asks until the part is ready, or late. Stops asking when `giveUp` is given. */
export async function untilReady(plan: PartPlan, log: string, logFrom: number, giveUp: AbortSignal): Promise<Ready | End | Stop> {
  const deadline = Date.now() + plan.readySeconds * 1000;
  for (;;) {
    const reason = await askOnce(plan.probe, { file: log, from: logFrom });
    if (reason === undefined) return { kind: "ready" };
    if (giveUp.aborted) return { kind: "stop" };
    if (Date.now() >= deadline) return { kind: "late", reason: `not ready within ${plan.readySeconds} s: ${reason}` };
    await sleep(ASK_EVERY_MS);
  }
}
