import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { capLog } from "../logFiles.ts";
import { endAll, processesOf, signal } from "../processes/index.ts";
import { writeWhole } from "../wholeFile.ts";
import { usersFirst } from "./order.ts";
import { runPart } from "./part.ts";
import type { PartPlan, Plan } from "./plan.ts";
import { isReady, type PartStatus } from "./status.ts";

const CAP_LOGS_EVERY_MS = 60_000;
/** Processes that a part left behind have this long after SIGTERM. */
const LEFT_BEHIND_SECONDS = 5;

export interface Supervisor {
  /** Stops every part, those first that need others; resolves when all processes are gone. */
  stop(): Promise<void>;
  /** Kills every process of the platform at once, for a supervisor that must end now. */
  kill(): void;
}

/** Starts the parts of a plan, each when what it needs is ready, and keeps them running. */
export function supervise(plan: Plan): Supervisor {
  mkdirSync(plan.logs, { recursive: true, mode: 0o700 });
  const logFile = join(plan.logs, "supervisor.log");
  const statuses = new Map<string, PartStatus>(
    plan.parts.map(({ name }) => [name, { name, state: "waiting", restarts: 0 } satisfies PartStatus]),
  );
  const running = new Map<string, { readonly abort: AbortController; readonly gone: Promise<void> }>();
  let stopping: Promise<void> | undefined;

  function log(part: string, event: string, details: Readonly<Record<string, unknown>> = {}): void {
    appendFileSync(logFile, `${JSON.stringify({ time: new Date().toISOString(), part, event, ...details })}\n`, { mode: 0o600 });
  }

  function writeStatuses(): void {
    writeWhole(plan.statusFile, JSON.stringify([...statuses.values()]));
  }

  function startWhatCan(): void {
    if (stopping) return;
    const isUp = (name: string) => isReady(statuses.get(name) ?? { name, state: "stopped", restarts: 0 });
    for (const part of plan.parts) if (!running.has(part.name) && part.needs.every(isUp)) launch(part);
  }

  function launch(part: PartPlan): void {
    const abort = new AbortController();
    const gone = runPart(part, plan, abort.signal, {
      onEvent: (event, details) => log(part.name, event, details),
      onStatus: (status) => {
        statuses.set(part.name, status);
        writeStatuses();
        queueMicrotask(startWhatCan);
      },
    });
    running.set(part.name, { abort, gone });
  }

  async function stopPart({ name }: PartPlan): Promise<void> {
    const run = running.get(name);
    if (run === undefined || run.abort.signal.aborted) return run?.gone;
    run.abort.abort();
    await run.gone;
    log(name, "stopped");
  }

  const ownPids = () => new Set([...statuses.values()].map(({ pid }) => pid));
  const leftBehind = () => processesOf(plan.id).filter(({ pid }) => !ownPids().has(pid));

  async function stopAll(): Promise<void> {
    log("supervisor", "stopping");
    const first = plan.parts.filter(({ startsOthers }) => startsOthers);
    await Promise.all(first.map(stopPart));
    if (first.length > 0) await endAll(leftBehind, LEFT_BEHIND_SECONDS);
    await usersFirst(plan.parts, stopPart);
    clearInterval(capping);
    log("supervisor", "stopped");
  }

  const capping = setInterval(() => {
    for (const { name } of plan.parts) capLog(join(plan.logs, `${name}.log`));
    capLog(logFile);
  }, CAP_LOGS_EVERY_MS);

  log("supervisor", "started", { pid: process.pid });
  writeStatuses();
  startWhatCan();
  return {
    stop: () => (stopping ??= stopAll()),
    kill: () => {
      for (const { pid } of processesOf(plan.id)) signal(pid, "SIGKILL");
    },
  };
}
