import { type ContainerRecord, pullPauseAt, type RestartPolicy } from "./record.ts";
import type { Pod } from "./types.ts";

/** A pod's containers as the node remembers them. */
export interface PodRecord {
  readonly init: readonly ContainerRecord[];
  readonly main: readonly ContainerRecord[];
}

/** The record of one container. @throws Error when the pod has no such container. */
export function recordOf({ init, main }: PodRecord, name: string): ContainerRecord {
  const found = [...init, ...main].find(({ container }) => container.name === name);
  if (found === undefined) throw new Error(`no container ${name}`);
  return found;
}

/** The same with every record as `change` gives it back. */
export function mapRecords({ init, main }: PodRecord, change: (record: ContainerRecord) => ContainerRecord): PodRecord {
  return { init: init.map(change), main: main.map(change) };
}

/** The same with one record in place of the one of its container. */
export function withRecord(records: PodRecord, changed: ContainerRecord): PodRecord {
  return mapRecords(records, (record) => (record.container.name === changed.container.name ? changed : record));
}

export interface Steps {
  /** Names of the containers to start now, in order. */
  readonly start: readonly string[];
  /** When to look again, ms since the epoch, if nothing happens before. */
  readonly wakeAt?: number;
}

/** What is to be done for a pod now: init containers one after the other until each has succeeded, then all others at once. */
export function nextSteps({ init, main }: PodRecord, now: number): Steps {
  const current = init.find((record) => !hasSucceeded(record));
  if (current !== undefined && current.state.kind === "terminated") return { start: [] }; // restartPolicy Never: the pod has failed
  const turn = current === undefined ? main : [current];
  const waiting = turn.flatMap(({ container, state }) =>
    state.kind === "waiting" ? [{ name: container.name, at: state.retryAt ?? now }] : [],
  );
  const later = [...waiting.map(({ at }) => at), ...turn.flatMap((record) => pullPauseAt(record) ?? [])].filter((at) => at > now);
  const start = waiting.filter(({ at }) => at <= now).map(({ name }) => name);
  return later.length === 0 ? { start } : { start, wakeAt: Math.min(...later) };
}

export function hasSucceeded({ state }: ContainerRecord): boolean {
  return state.kind === "terminated" && state.end.exitCode === 0;
}

/** How a container of this pod is restarted: an init container must succeed but is not run again after that. */
export function restartPolicyOf({ spec }: Pod, container: string): RestartPolicy {
  const policy = spec?.restartPolicy;
  if (policy === "Never" || policy === "OnFailure") return policy;
  return spec?.initContainers?.some(({ name }) => name === container) ? "OnFailure" : "Always";
}
