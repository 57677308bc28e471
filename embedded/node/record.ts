// What the node remembers of one container, and how each event changes it. Pure: times come in as arguments (ms since the epoch).
import { backOffMs, type Failures, failedAgain } from "./backoff.ts";
import type { Container } from "./types.ts";

/** How a run of a container ended. */
export interface Ended {
  readonly exitCode: number;
  /** "Completed", "Error", or why it could not even start. */
  readonly reason: string;
  readonly message?: string;
  readonly startedAt: number;
  readonly finishedAt: number;
}

export interface Waiting {
  readonly kind: "waiting";
  readonly reason: string;
  readonly message?: string;
  /** When it is tried again; without it, as soon as it is the container's turn. */
  readonly retryAt?: number;
}

export interface Running {
  readonly kind: "running";
  readonly startedAt: number;
  /** The startup probe has passed, or there is none. */
  readonly started: boolean;
  /** The readiness probe passes, or there is none. */
  readonly ready: boolean;
}

export type ContainerState = Waiting | Running | { readonly kind: "terminated"; readonly end: Ended };

export interface ContainerRecord {
  readonly container: Container;
  readonly state: ContainerState;
  /** The run before the present state. */
  readonly last?: Ended;
  readonly restarts: number;
  /** Crashes in a row, or pulls that failed in a row. */
  readonly failures?: Failures;
  /** The image as it was found, "repository@digest". */
  readonly imageID?: string;
}

export type RestartPolicy = "Always" | "OnFailure" | "Never";

export function newRecord(container: Container, waitsForInit: boolean): ContainerRecord {
  return { container, state: { kind: "waiting", reason: waitsForInit ? "PodInitializing" : "ContainerCreating" }, restarts: 0 };
}

/** A process runs (or none is needed). A start after an earlier run counts as a restart. */
export function afterStart(record: ContainerRecord, now: number, imageID: string): ContainerRecord {
  const { startupProbe, readinessProbe } = record.container;
  const started = startupProbe === undefined;
  const state = { kind: "running", startedAt: now, started, ready: started && readinessProbe === undefined } as const;
  const { failures, ...rest } = record;
  const crashes = record.last !== undefined && failures !== undefined ? { failures } : {}; // pulls that failed before are over
  return { ...rest, ...crashes, state, imageID, restarts: restartsAtNextStart(record) };
}

/** How often the container will have been restarted once it is started again: also the number of that run's log. */
export function restartsAtNextStart(record: ContainerRecord): number {
  return record.last === undefined ? record.restarts : record.restarts + 1;
}

/** The run ended: the container waits for its next start, or stays as it is when the policy wants no other. */
export function afterEnd(record: ContainerRecord, end: Ended, policy: RestartPolicy, podName: string): ContainerRecord {
  const again = policy === "Always" || (policy === "OnFailure" && end.exitCode !== 0);
  const { last: _, ...rest } = record;
  if (!again) return { ...rest, ...(record.last && { last: record.last }), state: { kind: "terminated", end } };
  const failures = failedAgain(record.failures, end.finishedAt, end.finishedAt - end.startedAt);
  const delay = backOffMs(failures.count, "at once");
  const message = `back-off ${delay / 1000}s restarting failed container=${record.container.name} pod=${podName}`;
  return { ...rest, last: end, failures, state: { kind: "waiting", reason: "CrashLoopBackOff", message, retryAt: end.finishedAt + delay } };
}

/** The image was not found. It is looked for again later. */
export function afterPullFailure(record: ContainerRecord, message: string, now: number): ContainerRecord {
  const failures = failedAgain(record.failures, now);
  return {
    ...record,
    failures,
    state: { kind: "waiting", reason: "ErrImagePull", message, retryAt: now + backOffMs(failures.count, "after 10 s") },
  };
}

/** ErrImagePull is shown for a moment; while the node waits to look again the reason is ImagePullBackOff, as on a kubelet. */
export function afterPullPause(record: ContainerRecord, now: number): ContainerRecord {
  const { state } = record;
  const due = pullPauseAt(record);
  if (state.kind !== "waiting" || due === undefined || due > now) return record;
  const message = `Back-off pulling image "${record.container.image}": ErrImagePull: ${state.message ?? ""}`;
  return { ...record, state: { ...state, reason: "ImagePullBackOff", message } };
}

/** When a record's ErrImagePull has been shown long enough; undefined for every other state. */
export function pullPauseAt({ state, failures }: ContainerRecord): number | undefined {
  return state.kind === "waiting" && state.reason === "ErrImagePull" && failures ? failures.at + 2000 : undefined;
}

/** The container's configuration cannot be made as things are, e.g. a Secret is missing. */
export function afterConfigProblem(record: ContainerRecord, message: string, retryAt?: number): ContainerRecord {
  const state = { kind: "waiting", reason: "CreateContainerConfigError", message, ...(retryAt !== undefined && { retryAt }) } as const;
  return { ...record, state };
}

/** A probe changed its mind. Says nothing about a container that does not run. */
export function afterProbe(record: ContainerRecord, seen: { readonly started?: boolean; readonly ready?: boolean }): ContainerRecord {
  return record.state.kind === "running" ? { ...record, state: { ...record.state, ...seen } } : record;
}
