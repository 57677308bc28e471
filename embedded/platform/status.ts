import { processesOf } from "../processes/index.ts";
import { isReady, type PartStatus, readStatus } from "../supervisor/index.ts";
import { supervisorAmong } from "./spawn.ts";
import { type PlatformState, pathsIn, platformIdOf, readState } from "./state.ts";

export interface PlatformStatus {
  /** running: its supervisor is at work. orphaned: the supervisor is gone and processes are left. stopped: nothing runs. */
  readonly platform: "running" | "orphaned" | "stopped";
  /** The supervisor's process, when the platform is running. */
  readonly supervisorPid: number | undefined;
  /** What is known of the platform; undefined when none was ever started here. */
  readonly state: PlatformState | undefined;
  readonly parts: readonly PartStatus[];
  /** Every part is running or done. */
  readonly isReady: boolean;
  /** Processes left without a supervisor. */
  readonly orphans: readonly number[];
}

/** How the platform in a state directory is: from its processes first, because a file may be older than a crash. */
export async function status(stateDir: string): Promise<PlatformStatus> {
  const id = platformIdOf(stateDir);
  const running = processesOf(id);
  const state = await readState(stateDir);
  const parts = (await readStatus(pathsIn(stateDir).status)) ?? [];
  const supervisorPid = supervisorAmong(running);
  if (supervisorPid !== undefined) {
    return { platform: "running", supervisorPid, state, parts, isReady: parts.length > 0 && parts.every(isReady), orphans: [] };
  }
  return {
    platform: running.length > 0 ? "orphaned" : "stopped",
    supervisorPid,
    state,
    parts: parts.map(stopped),
    isReady: false,
    orphans: running.map(({ pid }) => pid),
  };
}

/** What a part's last status means when nobody looks after it any more. */
function stopped({ pid: _, ...part }: PartStatus): PartStatus {
  return part.state === "failed" ? part : { ...part, state: "stopped" };
}
