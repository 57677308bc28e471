import { rfc3339 } from "../kube/index.ts";
import { conditionsOf } from "./conditions.ts";
import type { ContainerRecord, ContainerState, Ended } from "./record.ts";
import { hasSucceeded, type PodRecord } from "./steps.ts";
import type { Pod, PodStatus } from "./types.ts";

type ContainerStatus = NonNullable<PodStatus["containerStatuses"]>[number];
type StateStatus = NonNullable<ContainerStatus["state"]>;
type Phase = "Pending" | "Running" | "Succeeded" | "Failed";

export interface StatusContext {
  readonly podIP: string;
  readonly hostIP: string;
  /** The status made last, else the one the API server has: times of what has not changed are kept from it. */
  readonly before: PodStatus | undefined;
}

/**
 * The status of a pod as a kubelet writes it, from what the node remembers of its containers. A pod that is being deleted is not ready
 * any more, whatever its probes say, so that it gets no new traffic while it ends.
 */
export function podStatus(pod: Pod, records: PodRecord, { podIP, hostIP, before }: StatusContext, now: number): PodStatus {
  const deleting = pod.metadata?.deletionTimestamp !== undefined;
  const isReady = ({ state }: ContainerRecord) => state.kind === "running" && state.ready && !deleting;
  const ready = new Set(records.main.filter(isReady).map(({ container }) => container.name));
  const phase = phaseOf(pod, records);
  const generation = pod.metadata?.generation;
  return {
    ...(generation !== undefined && { observedGeneration: generation }),
    phase,
    conditions: conditionsOf(pod, { records, ready, phase, before: before?.conditions ?? [], now: rfc3339(now) }),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: before?.startTime ?? rfc3339(now),
    ...(records.init.length > 0 && { initContainerStatuses: records.init.map((record) => containerStatus(record, hasSucceeded(record))) }),
    containerStatuses: records.main.map((record) => containerStatus(record, isReady(record))),
  };
}

/** A kubelet's rule: Pending until all have been started, Running while one runs or will again, else how the last runs ended. */
function phaseOf({ spec }: Pod, { init, main }: PodRecord): Phase {
  const policy = spec?.restartPolicy ?? "Always";
  const initFailed = init.some(({ state }) => state.kind === "terminated" && state.end.exitCode !== 0);
  if (initFailed && policy === "Never") return "Failed";
  if (!init.every(hasSucceeded)) return "Pending";
  if (main.some(({ state, last }) => state.kind === "waiting" && last === undefined)) return "Pending";
  if (main.some(({ state }) => state.kind !== "terminated") || policy === "Always") return "Running";
  return main.every(hasSucceeded) ? "Succeeded" : "Failed";
}

function containerStatus({ container, state, last, restarts, imageID }: ContainerRecord, ready: boolean): ContainerStatus {
  return {
    name: container.name,
    image: container.image ?? "",
    imageID: imageID ?? "",
    restartCount: restarts,
    ready,
    started: state.kind === "running" && state.started,
    state: stateStatus(state),
    lastState: last === undefined ? {} : { terminated: terminated(last) },
  };
}

function stateStatus(state: ContainerState): StateStatus {
  if (state.kind === "terminated") return { terminated: terminated(state.end) };
  if (state.kind === "running") return { running: { startedAt: rfc3339(state.startedAt) } };
  return { waiting: { reason: state.reason, ...(state.message !== undefined && { message: state.message }) } };
}

function terminated({ exitCode, reason, message, startedAt, finishedAt }: Ended): NonNullable<StateStatus["terminated"]> {
  const times = { startedAt: rfc3339(startedAt), finishedAt: rfc3339(finishedAt) };
  return { exitCode, reason, ...(message !== undefined && { message }), ...times };
}
