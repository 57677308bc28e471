import { needsNoProcess } from "../images/index.ts";
import { type ContainerRecord, type Ended, newRecord, restartsAtNextStart } from "./record.ts";
import type { PodRecord } from "./steps.ts";
import type { Container, Pod, PodStatus } from "./types.ts";

type ContainerStatus = NonNullable<PodStatus["containerStatuses"]>[number];
type TerminatedStatus = NonNullable<NonNullable<ContainerStatus["state"]>["terminated"]>;

/** What a node that has just started knows of a container beside its spec. */
interface Traces {
  /** What the API server kept of it. */
  readonly status: ContainerStatus | undefined;
  /** Whether its process is still there and goes on under this node. */
  readonly alive: boolean;
  readonly waitsForInit: boolean;
}

/** What a node that has just started remembers of a container. One that ran and whose process is gone is started again. */
function restoredRecord(container: Container, { status, alive, waitsForInit }: Traces, now: number): ContainerRecord {
  const fresh = newRecord(container, waitsForInit);
  const { running, terminated } = status?.state ?? {};
  const last = status?.lastState?.terminated;
  const kept: ContainerRecord = {
    ...fresh,
    restarts: status?.restartCount ?? 0,
    ...(status?.imageID && { imageID: status.imageID }),
    ...(last && { last: endOf(last) }),
  };
  const startedAt = timeOf(running?.startedAt, now);
  if (alive) {
    const started = status?.started ?? container.startupProbe === undefined;
    const state = { kind: "running", startedAt, started, ready: status?.ready ?? false } as const;
    return { ...kept, state, restarts: running ? kept.restarts : restartsAtNextStart(kept) };
  }
  if (terminated) return { ...kept, state: { kind: "terminated", end: endOf(terminated) } };
  return running ? { ...kept, last: lost(startedAt, now) } : kept;
}

/** The end of a run nobody saw, in a kubelet's words. */
export function lost(startedAt: number, now: number): Ended {
  const message = "The container could not be located when the node came back";
  return { exitCode: 137, reason: "ContainerStatusUnknown", message, startedAt, finishedAt: now };
}

function endOf({ exitCode, reason, message, startedAt, finishedAt }: TerminatedStatus): Ended {
  const times = { startedAt: timeOf(startedAt, 0), finishedAt: timeOf(finishedAt, 0) };
  return { exitCode, reason: reason ?? "Error", ...(message !== undefined && { message }), ...times };
}

function timeOf(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : Date.parse(text);
}

/**
 * What a node that has just started remembers of a pod.
 * @param alive names of the containers whose processes are still there.
 */
export function restoredRecords({ spec, status }: Pod, alive: ReadonlySet<string>, now: number): PodRecord {
  const restore = (statuses: readonly ContainerStatus[] | undefined, waitsForInit: boolean) => (container: Container) => {
    const found = statuses?.find(({ name }) => name === container.name);
    const goesOn = alive.has(container.name) || (needsNoProcess(container.image ?? "") && found?.state?.running !== undefined);
    return restoredRecord(container, { status: found, alive: goesOn, waitsForInit }, now);
  };
  const init = spec?.initContainers ?? [];
  return {
    init: init.map(restore(status?.initContainerStatuses, false)),
    main: (spec?.containers ?? []).map(restore(status?.containerStatuses, init.length > 0)),
  };
}
