import { isConflict, pods } from "../kube/index.ts";
import { paced } from "../standIn/index.ts";
import type { EventRecorder, PodEvent } from "./events.ts";
import type { Place } from "./fields.ts";
import { containerFolder, logFile } from "./folders.ts";
import { type Launcher, launch } from "./launch.ts";
import type { Leftover } from "./leftovers.ts";
import { afterLaunch, backOffEvents } from "./outcome.ts";
import { adoptProcess, type ContainerProcess } from "./process.ts";
import { afterConfigProblem, afterEnd, afterProbe, afterPullPause, type Ended, restartsAtNextStart } from "./record.ts";
import { restoredRecords } from "./restore.ts";
import { podRuns } from "./runs.ts";
import { podStatus } from "./status.ts";
import type { StatusWriter } from "./statusWriter.ts";
import { mapRecords, nextSteps, recordOf, restartPolicyOf, withRecord } from "./steps.ts";
import type { Pod } from "./types.ts";
import { unsupported } from "./unsupported.ts";

/** What all pods of a node share. */
export interface NodeContext extends Launcher {
  readonly place: Omit<Place, "podIP">;
  readonly statuses: StatusWriter;
  readonly events: EventRecorder;
  readonly onError: (error: unknown) => void;
}

/** Keeps one pod as its object says, from its start to its end. */
export interface PodWorker {
  readonly uid: string;
  readonly podIP: string;
  /** The object has changed. */
  update(pod: Pod): void;
  /** The object is gone: whatever still runs is ended at once. */
  abandon(): Promise<void>;
  /**
   * The node stops: ends the processes with some grace, and says so in the status, so that nobody takes the pod for ready until it goes on
   * under the next node.
   */
  stop(graceMs: number): Promise<void>;
}

const NO_PAUSE = { gatherMs: 0, restMs: 0 } as const;
const API_RETRY_MS = 1000;
const DEFAULT_GRACE_SECONDS = 30;
const AT_ONCE = { graceMs: 0, drain: false } as const;

/**
 * @param first the pod's object as it is now.
 * @param podIP the address it has on this node.
 * @param leftovers processes of this pod that a former node started: they are taken over.
 */
export function podWorker(context: NodeContext, first: Pod, podIP: string, leftovers: readonly Leftover[]): PodWorker {
  const { statuses, onError } = context;
  const { name = "", namespace = "default", uid = "" } = first.metadata ?? {};
  const podName = `${name}_${namespace}(${uid})`;
  const place: Place = { ...context.place, podIP };
  const runs = podRuns(first, podIP, { probed, ended, event: say });
  let pod = first;
  let records = restoredRecords(first, new Set(leftovers.map(({ container }) => container)), Date.now());
  let status = first.status;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const sync = paced(step, NO_PAUSE, onError);

  async function step(): Promise<void> {
    clearTimeout(timer);
    try {
      if (!stopped) await (isDeleted(pod) ? end() : run());
    } catch (error) {
      onError(error);
      wake(Date.now() + API_RETRY_MS);
    }
  }

  async function run(): Promise<void> {
    const problem = unsupported(pod).join("; ");
    if (problem !== "") return refuse(problem);
    records = mapRecords(records, (record) => afterPullPause(record, Date.now()));
    for (const container of nextSteps(records, Date.now()).start) await start(container);
    publish();
    const { start: again, wakeAt } = nextSteps(records, Date.now());
    wake(again.length > 0 ? Date.now() : wakeAt);
  }

  async function start(container: string): Promise<void> {
    const record = recordOf(records, container);
    const restart = restartsAtNextStart(record);
    const launched = await launch(context, pod, record.container, place, restart);
    const after = afterLaunch(record, launched, { now: Date.now(), policy: restartPolicyOf(pod, container), podName });
    records = withRecord(records, after.record);
    after.events.forEach(say);
    if (launched.kind === "running") follow(container, launched.process);
    if (stopped) await runs.end(AT_ONCE); // nobody waits for what was started too late
  }

  /** Watches over a process whose record says that it runs. */
  function follow(name: string, process: ContainerProcess): void {
    const { container, state, restarts } = recordOf(records, name);
    if (state.kind !== "running") return;
    const log = logFile(containerFolder(context.dir, pod, name), restarts);
    runs.follow({ container, process, logFile: log, startedAt: state.startedAt, startupPassed: state.started });
  }

  function refuse(problem: string): void {
    if (records.main.some(({ state }) => state.kind !== "waiting" || state.message !== problem))
      say({ type: "Warning", reason: "Failed", message: `Error: ${problem}` });
    records = mapRecords(records, (record) => afterConfigProblem(record, problem));
    publish();
  }

  /** Not ready any more, processes ended, last status written, object removed: in this order, so that nobody sees a pod that is half gone. */
  async function end(): Promise<void> {
    if (runs.size > 0) {
      publish();
      const seconds = pod.metadata?.deletionGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
      await runs.end({ graceMs: seconds * 1000, drain: true });
      publish();
      await statuses.settled(pod);
    }
    const options = { gracePeriodSeconds: 0, preconditions: { uid } };
    await context.client.delete(pods, name, namespace, options).catch((error) => {
      if (!isConflict(error)) throw error; // a conflict means: another pod of the same name, this one is gone
    });
  }

  function probed(container: string, seen: { readonly started?: boolean; readonly ready?: boolean }): void {
    records = withRecord(records, afterProbe(recordOf(records, container), seen));
    if (!stopped) publish();
  }

  function ended(container: string, end: Ended): void {
    const policy = isDeleted(pod) ? "Never" : restartPolicyOf(pod, container);
    const record = afterEnd(recordOf(records, container), end, policy, podName);
    records = withRecord(records, record);
    backOffEvents(record, podName, Date.now()).forEach(say);
    sync();
  }

  function say(event: PodEvent): void {
    if (!stopped) context.events.record(pod, event);
  }

  function publish(): void {
    status = podStatus(pod, records, { podIP, hostIP: place.hostIP, before: status }, Date.now());
    statuses.put(pod, status);
  }

  function wake(at: number | undefined): void {
    clearTimeout(timer);
    if (at !== undefined && !stopped) timer = setTimeout(sync, Math.max(at - Date.now(), 0));
  }

  function letGo(): void {
    stopped = true;
    clearTimeout(timer);
  }

  for (const { container, pid } of leftovers) follow(container, adoptProcess(pid));
  sync();

  return {
    uid,
    podIP,
    update(changed) {
      pod = changed;
      sync();
    },
    async abandon() {
      letGo();
      await runs.end(AT_ONCE);
    },
    async stop(graceMs) {
      letGo();
      if (runs.size === 0) return;
      await runs.end({ graceMs, drain: false });
      publish();
      await statuses.settled(pod);
    },
  };
}

function isDeleted({ metadata }: Pod): boolean {
  return metadata?.deletionTimestamp !== undefined;
}
