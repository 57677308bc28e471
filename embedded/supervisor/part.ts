import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { capLog, lastLines } from "../logFiles.ts";
import { backoffSeconds, failuresInARow } from "./backoff.ts";
import type { PartPlan, Plan } from "./plan.ts";
import { type End, type Run, type Stop, startRun, untilReady } from "./run.ts";
import type { PartStatus } from "./status.ts";

/** A part that ends this often before it was ever ready will not become ready. */
const FIRST_TRIES = 3;

export interface PartEvents {
  /** Told at every change. */
  readonly onStatus: (status: PartStatus) => void;
  /** Told what the operator may want to read in supervisor.log. */
  readonly onEvent: (event: string, details?: Readonly<Record<string, unknown>>) => void;
}

/**
 * One part from start to stop: starts it, asks until it is ready, and starts it again with back-off when it ends.
 * Resolves when `stop` was given and the process is gone.
 */
export async function runPart(plan: PartPlan, platform: Plan, stop: AbortSignal, { onStatus, onEvent }: PartEvents): Promise<void> {
  const log = join(platform.logs, `${plan.name}.log`);
  const firstStart = Date.now();
  const seconds = (since: number) => (Date.now() - since) / 1000;
  let status: PartStatus = { name: plan.name, state: "starting", restarts: 0 };
  let failures = 0;

  /** Without a pid the part has no process. */
  function set(change: Partial<PartStatus>, pid?: number): void {
    const { pid: _, ...before } = status;
    status = { ...before, ...change, ...(pid !== undefined && { pid }) };
    onStatus(status);
  }

  /** From start to end of one process; `secondsReady` is how long it was ready. */
  async function once(): Promise<{ readonly end: End | Stop; readonly run: Run; readonly secondsReady: number }> {
    capLog(log);
    const run = startRun(plan, platform.directory, log);
    set({ state: status.restarts === 0 ? "starting" : "restarting" }, run.pid);
    onEvent("started", { pid: run.pid });

    const stopped = aborted(stop).then((): Stop => ({ kind: "stop" }));
    const giveUp = new AbortController();
    const first = await Promise.race([untilReady(plan, log, run.logFrom, giveUp.signal), run.ended, stopped]);
    giveUp.abort();
    if (first.kind !== "ready") return { end: first, run, secondsReady: 0 };

    const readyAt = Date.now();
    onEvent("ready", { pid: run.pid });
    set({ state: "running", readySeconds: status.readySeconds ?? seconds(firstStart) }, run.pid);
    return { end: await Promise.race([run.ended, stopped]), run, secondsReady: seconds(readyAt) };
  }

  while (!stop.aborted) {
    const { end, run, secondsReady } = await once();
    if (end.kind === "done") {
      onEvent("done");
      set({ state: "done", readySeconds: seconds(firstStart) });
      return aborted(stop);
    }
    if (end.kind !== "ended") await run.end();
    if (end.kind === "stop") break;

    failures = failuresInARow(failures, secondsReady);
    const reason = [end.reason, ...lastWords(log, run.logFrom)].join("\n");
    onEvent("ended", { reason });
    if (status.readySeconds === undefined && (end.kind === "late" || failures >= FIRST_TRIES)) {
      set({ state: "failed", reason });
      return aborted(stop);
    }
    set({ state: "restarting", restarts: status.restarts + 1, reason });
    await sleep(backoffSeconds(failures) * 1000, undefined, { signal: stop }).catch(() => undefined);
  }
  set({ state: "stopped" });
}

function lastWords(log: string, from: number): readonly string[] {
  const lines = lastLines(log, from);
  return lines.length === 0 ? [] : ["its last log lines:", ...lines.map((line) => `  ${line}`)];
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
