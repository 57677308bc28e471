import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { endAll, processesOf } from "../processes/index.ts";
import { withLock } from "./lock.ts";
import { supervisorAmong } from "./spawn.ts";
import { platformIdOf } from "./state.ts";

/** A supervisor gets this long for an orderly end: pods, stand-ins, controllers, API server, etcd. */
const ORDERLY_SECONDS = 60;
/** Processes without a supervisor get this long after SIGTERM. */
const ORPHAN_SECONDS = 10;

export interface DownResult {
  /** False when nothing was running. */
  readonly wasRunning: boolean;
  /** Processes that had to be killed because they did not end when asked to. */
  readonly killed: number;
}

/**
 * Ends every process of the platform in a state directory, also those whose supervisor is gone. The state stays: the next `up`
 * goes on with the same cluster.
 */
export function down(stateDir: string): Promise<DownResult> {
  const id = platformIdOf(stateDir);
  return withLock(id, () => endPlatform(id));
}

/** `down`, and the state is deleted: the next `up` makes a fresh cluster. Images are kept, they lie elsewhere. */
export function reset(stateDir: string): Promise<DownResult> {
  const id = platformIdOf(stateDir);
  return withLock(id, async () => {
    const result = await endPlatform(id);
    await rm(resolve(stateDir), { recursive: true, force: true });
    return result;
  });
}

/** The same for a caller that holds the lock. */
export async function endPlatform(id: string): Promise<DownResult> {
  const running = processesOf(id);
  const supervisor = supervisorAmong(running);
  // Only the supervisor is told, because it knows the order.
  if (supervisor !== undefined) await endAll(() => processesOf(id).filter(({ pid }) => pid === supervisor), ORDERLY_SECONDS);
  const killed = await endAll(() => processesOf(id), ORPHAN_SECONDS);
  return { wasRunning: running.length > 0, killed };
}
