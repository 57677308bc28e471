// One process at a time. The lock is a file that names its holder (process id and start time), so that a holder ended by kill -9 is noticed.
// Not a socket as the platform's lock is: that is Linux' own, while `pulumi` for a real cluster may be wanted elsewhere, and it cannot say who holds it.
import fs from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { hasCode } from "../errors.ts";
import { isRunning, statOf } from "../processes/index.ts";

const POLL_MS = 200;
const holderSchema = z.object({ pid: z.number().int().positive(), started: z.string() });
type Holder = z.infer<typeof holderSchema>;

/**
 * Runs work while holding the lock file; waits as long as another living process holds it.
 * @param onWait called once, with the holder's process id, when there is somebody to wait for
 */
export async function withLock<T>(file: string, work: () => Promise<T>, onWait: (pid: number) => void = () => {}): Promise<T> {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let waiting = false;
  while (!claim(file)) {
    const holder = holderOf(file);
    if (holder && !waiting) onWait(holder.pid);
    waiting = holder !== undefined || waiting;
    await wait(POLL_MS);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** Takes the lock in one step that also writes the holder, so that nobody ever sees a lock without one. */
function claim(file: string): boolean {
  const mine = `${file}.${process.pid}.${crypto.randomUUID()}`;
  fs.writeFileSync(mine, JSON.stringify({ pid: process.pid, started: statOf(process.pid)?.startTime ?? "" } satisfies Holder));
  try {
    fs.linkSync(mine, file);
    return true;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    dropIfStale(file);
    return false;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/** Two waiters may both find the same stale lock; the worst that comes of it is the same work done twice, each ending in a rename. */
function dropIfStale(file: string): void {
  const holder = holderOf(file);
  if (holder && !isAlive(holder)) fs.rmSync(file, { force: true });
}

function holderOf(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw new Error(`${file} is not a lock that Sluice wrote; delete it and try again`, { cause: error });
  }
}

function isAlive(holder: Holder): boolean {
  if (!isRunning(holder.pid)) return false;
  const started = statOf(holder.pid)?.startTime;
  // Without /proc a process id that is in use counts as the holder.
  return started === undefined || started === holder.started;
}
