import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { backoffSeconds, failuresInARow } from "./backoff.ts";
import { capLog, lastLines, logSize } from "./logs.ts";
import type { PartPlan, Plan } from "./plan.ts";
import { askOnce } from "./probe.ts";
import { PART_MARK } from "./processes.ts";
import type { PartStatus } from "./status.ts";

/** A part that ends this often before it was ever ready will not become ready. */
const FIRST_TRIES = 3;
const ASK_EVERY_MS = 50;

export interface PartEvents {
  /** Told at every change. */
  readonly onStatus: (status: PartStatus) => void;
  /** Told what the operator may want to read in supervisor.log. */
  readonly onEvent: (event: string, details?: Readonly<Record<string, unknown>>) => void;
}

type Failure = { readonly kind: "ended" | "late"; readonly reason: string };
type Outcome = { readonly kind: "ready" } | { readonly kind: "stop" } | { readonly kind: "done" } | Failure;

/**
 * One part from start to stop: starts it, asks until it is ready, and starts it again with back-off when it ends.
 * Resolves when `stop` was given and the process is gone.
 */
export async function runPart(plan: PartPlan, platform: Plan, stop: AbortSignal, { onStatus, onEvent }: PartEvents): Promise<void> {
  const log = join(platform.logs, `${plan.name}.log`);
  const firstStart = Date.now();
  let status: PartStatus = { name: plan.name, state: "starting", restarts: 0 };
  let failures = 0;
  const set = (change: Partial<PartStatus>, pid?: number) => {
    const { pid: _, ...before } = status;
    status = { ...before, ...change, ...(pid !== undefined && { pid }) };
    onStatus(status);
  };

  while (!stop.aborted) {
    capLog(log);
    const from = logSize(log);
    const { child, ended } = start(plan, platform.directory, log);
    const stopped = aborted(stop).then((): Outcome => ({ kind: "stop" }));
    set({ state: status.restarts === 0 ? "starting" : "restarting" }, child.pid);
    onEvent("started", { pid: child.pid });

    const giveUp = new AbortController();
    let outcome = await Promise.race([untilReady(plan, { file: log, from }, giveUp.signal), ended, stopped]);
    giveUp.abort();
    const readyAt = outcome.kind === "ready" ? Date.now() : undefined;
    if (outcome.kind === "ready") {
      const readySeconds = (Date.now() - firstStart) / 1000;
      onEvent("ready", { pid: child.pid });
      set({ state: "running", readySeconds: status.readySeconds ?? readySeconds }, child.pid);
      outcome = await Promise.race([ended, stopped]);
    }
    if (outcome.kind === "stop" || outcome.kind === "late") await end(child, ended, plan.stopSeconds);
    if (outcome.kind === "stop") break;
    if (outcome.kind === "done") set({ state: "done", readySeconds: (Date.now() - firstStart) / 1000 });
    if (outcome.kind === "done" || outcome.kind === "ready") return aborted(stop);

    failures = failuresInARow(failures, readyAt === undefined ? 0 : (Date.now() - readyAt) / 1000);
    const reason = withLog(outcome, log, from);
    onEvent("ended", { reason });
    if (status.readySeconds === undefined && (outcome.kind === "late" || failures >= FIRST_TRIES)) {
      set({ state: "failed", reason });
      return aborted(stop);
    }
    set({ state: "restarting", restarts: status.restarts + 1, reason });
    await sleep(backoffSeconds(failures) * 1000, undefined, { signal: stop }).catch(() => undefined);
  }
  set({ state: "stopped" });
}

function start(plan: PartPlan, directory: string, log: string) {
  const fd = openSync(log, "a", 0o600);
  const env = { ...process.env, [PART_MARK]: plan.name };
  const child = spawn(plan.command, plan.args, { cwd: directory, env, stdio: ["ignore", fd, fd] });
  closeSync(fd);
  const ended = new Promise<Outcome>((resolve) => {
    child.on("error", (error) => resolve({ kind: "ended", reason: `cannot be started: ${error.message}` }));
    child.on("exit", (code, by) => {
      if (code === 0 && plan.probe.kind === "exit") resolve({ kind: "done" });
      else resolve({ kind: "ended", reason: by === null ? `ended with code ${code}` : `was ended by ${by}` });
    });
  });
  return { child, ended };
}

async function untilReady(plan: PartPlan, log: { file: string; from: number }, giveUp: AbortSignal): Promise<Outcome> {
  const deadline = Date.now() + plan.readySeconds * 1000;
  for (;;) {
    const reason = await askOnce(plan.probe, log);
    if (reason === undefined) return { kind: "ready" };
    if (giveUp.aborted) return { kind: "stop" };
    if (Date.now() >= deadline) return { kind: "late", reason: `not ready within ${plan.readySeconds} s: ${reason}` };
    await sleep(ASK_EVERY_MS);
  }
}

async function end(child: ChildProcess, ended: Promise<unknown>, graceSeconds: number): Promise<void> {
  child.kill("SIGTERM");
  const kill = setTimeout(() => child.kill("SIGKILL"), graceSeconds * 1000);
  await ended;
  clearTimeout(kill);
}

function withLog(outcome: Failure, log: string, from: number): string {
  const lines = lastLines(log, from);
  return [outcome.reason, ...(lines.length > 0 ? ["its last log lines:", ...lines.map((line) => `  ${line}`)] : [])].join("\n");
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
