import { isConflict } from "../kube/index.ts";
import { coalesce } from "./coalesce.ts";
import type { EventRecorder, PodEvent } from "./events.ts";
import type { Place } from "./fields.ts";
import { containerFolders, logFile } from "./folders.ts";
import { type Launcher, launch } from "./launch.ts";
import type { Leftover } from "./leftovers.ts";
import { afterLaunch } from "./outcome.ts";
import { adoptProcess } from "./process.ts";
import {
  afterConfigProblem,
  afterEnd,
  afterProbe,
  afterPullPause,
  type ContainerRecord,
  type Ended,
  restartsAtNextStart,
} from "./record.ts";
import { pods } from "./resources.ts";
import { restoredRecords } from "./restore.ts";
import { podRuns } from "./runs.ts";
import { podStatus } from "./status.ts";
import type { StatusWriter } from "./statusWriter.ts";
import { mapRecords, nextSteps, restartPolicyOf } from "./steps.ts";
import type { Container, Pod } from "./types.ts";
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
  /**
   * Lets go of the pod and ends its processes: with no grace when its object is gone, with some when the node stops and the pod is to go on
   * under the next one.
   */
  stop(graceMs: number): Promise<void>;
}

const API_RETRY_MS = 1000;
const DEFAULT_GRACE_SECONDS = 30;

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
  const runs = podRuns(first, podIP, { probed, ended, event });
  let pod = first;
  let records = restoredRecords(first, new Set(leftovers.map(({ container }) => container)), Date.now());
  let status = first.status;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const sync = coalesce(async () => {
    clearTimeout(timer);
    try {
      if (!stopped) await (isDeleted(pod) ? end() : run());
    } catch (error) {
      onError(error);
      wake(Date.now() + API_RETRY_MS);
    }
  });

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
    const record = recordOf(container);
    const restart = restartsAtNextStart(record);
    const launched = await launch(context, pod, record.container, place, restart);
    const after = afterLaunch(record, launched, { now: Date.now(), policy: policyOf(container), podName });
    change(container, () => after.record);
    after.events.forEach(event);
    if (launched.kind === "running") follow(record.container, launched.process, restart, { startedAt: Date.now(), startupPassed: false });
  }

  function refuse(problem: string): void {
    if (records.main.some(({ state }) => state.kind !== "waiting" || state.message !== problem))
      event({ type: "Warning", reason: "Failed", message: `Error: ${problem}` });
    records = mapRecords(records, (record) => afterConfigProblem(record, problem));
    publish();
  }

  /** Not ready any more, processes ended, last status written, object removed: in this order, so that nobody sees a pod that is half gone. */
  async function end(): Promise<void> {
    if (runs.size > 0) {
      publish();
      await runs.end((pod.metadata?.deletionGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) * 1000);
      publish();
      await statuses.settled(pod);
    }
    const options = { gracePeriodSeconds: 0, preconditions: { uid } };
    await context.client.delete(pods, name, namespace, options).catch((error) => {
      if (!isConflict(error)) throw error; // a conflict means: another pod of the same name, this one is gone
    });
  }

  function follow(
    container: Container,
    process: ReturnType<typeof adoptProcess>,
    restart: number,
    since: { startedAt: number; startupPassed: boolean },
  ) {
    runs.follow({ container, process, logFile: logFile(containerFolders(context.dir, pod, container.name), restart), ...since });
  }

  function probed(container: string, seen: { readonly started?: boolean; readonly ready?: boolean }): void {
    change(container, (record) => afterProbe(record, seen));
    if (!stopped) publish();
  }

  function ended(container: string, end: Ended): void {
    change(container, (record) => afterEnd(record, end, isDeleted(pod) ? "Never" : policyOf(container), podName));
    const { state } = recordOf(container);
    if (state.kind === "waiting" && (state.retryAt ?? 0) > Date.now())
      event({
        type: "Warning",
        reason: "BackOff",
        message: `Back-off restarting failed container ${container} in pod ${podName}`,
        container,
      });
    void sync();
  }

  function event(event: PodEvent): void {
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

  function recordOf(container: string): ContainerRecord {
    const found = [...records.init, ...records.main].find((record) => record.container.name === container);
    if (found === undefined) throw new Error(`${podName} has no container ${container}`);
    return found;
  }

  function change(container: string, to: (record: ContainerRecord) => ContainerRecord): void {
    records = mapRecords(records, (record) => (record.container.name === container ? to(record) : record));
  }

  function policyOf(container: string) {
    const init = records.init.some((record) => record.container.name === container);
    return restartPolicyOf(pod, init);
  }

  for (const { container, pid } of leftovers) {
    const { state, restarts, container: spec } = recordOf(container);
    if (state.kind === "running") follow(spec, adoptProcess(pid), restarts, { startedAt: state.startedAt, startupPassed: state.started });
  }
  void sync();

  return {
    uid,
    podIP,
    update(changed) {
      pod = changed;
      void sync();
    },
    async stop(graceMs) {
      stopped = true;
      clearTimeout(timer);
      await runs.end(graceMs);
      await sync(); // a start that was under way may have made one more process
      await runs.end(graceMs);
    },
  };
}

function isDeleted({ metadata }: Pod): boolean {
  return metadata?.deletionTimestamp !== undefined;
}
