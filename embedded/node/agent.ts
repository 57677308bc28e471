import { setTimeout as sleep } from "node:timers/promises";
import { type Change, pods, watchAll } from "../kube/index.ts";
import type { AddressPool } from "./address.ts";
import { endLeftovers, findLeftovers, type Leftover } from "./leftovers.ts";
import { NODE_NAME } from "./nodeObject.ts";
import type { Pod } from "./types.ts";
import { type NodeContext, type PodWorker, podWorker } from "./worker.ts";

export interface Agent {
  /** Resolves when every pod of this node has its worker and what a former node left behind is taken over or ended. */
  readonly synced: Promise<void>;
  /** Uids of the pods that are there. */
  present(): ReadonlySet<string>;
  /** Ends all processes, with some grace; the pods go on under the next node. Does not wait long for an API server that is gone. */
  stop(graceMs: number): Promise<void>;
}

/** Time for the last statuses when the node stops. */
const LAST_STATUS_MS = 1000;

/** Runs the pods that are bound to this node, one worker for each. */
export function startAgent(context: NodeContext, pool: AddressPool): Agent {
  const workers = new Map<string, PodWorker>();
  let live = false;
  const watched = watchAll(context.client, pods, { fieldSelector: `spec.nodeName=${NODE_NAME}`, onChange, onError: context.onError });

  /** Takes in all pods at once: each that has an address gets it back before any new pod can be given it. */
  async function takeIn(): Promise<void> {
    await watched.synced;
    live = true;
    const leftovers = Object.groupBy(findLeftovers(context.dir), ({ uid }) => uid);
    const all = watched.list().map((pod) => ({ pod, claimed: pod.status?.podIP !== undefined && pool.claim(pod.status.podIP) }));
    for (const { pod, claimed } of all) {
      const uid = uidOf(pod);
      const own = leftovers[uid] ?? [];
      if (!claimed) continue;
      add(pod, pod.status?.podIP ?? "", own);
      delete leftovers[uid];
    }
    endLeftovers(Object.values(leftovers).flatMap((left) => left ?? []));
    for (const { pod, claimed } of all) if (!claimed) add(pod, pool.take(), []);
  }

  function onChange({ type, object }: Change<Pod>): void {
    if (!live) return;
    const known = workers.get(keyOf(object));
    if (known !== undefined && (type === "deleted" || known.uid !== uidOf(object))) remove(known, object);
    if (type === "deleted") return;
    const worker = workers.get(keyOf(object));
    if (worker === undefined) add(object, pool.take(), []);
    else worker.update(object);
  }

  function add(pod: Pod, podIP: string, leftovers: readonly Leftover[]): void {
    workers.set(keyOf(pod), podWorker(context, pod, podIP, leftovers));
  }

  function remove(worker: PodWorker, pod: Pod): void {
    workers.delete(keyOf(pod));
    context.statuses.forget(worker.uid);
    context.events.forget(worker.uid);
    void worker.abandon().then(() => pool.release(worker.podIP));
  }

  return {
    synced: takeIn(),
    present: () => new Set([...workers.values()].map(({ uid }) => uid)),
    async stop(graceMs) {
      live = false;
      watched.stop();
      const stopped = Promise.all([...workers.values()].map((worker) => worker.stop(graceMs)));
      await Promise.race([stopped, sleep(graceMs + LAST_STATUS_MS, undefined, { ref: false })]);
    },
  };
}

function keyOf({ metadata }: Pod): string {
  return `${metadata?.namespace}/${metadata?.name}`;
}

function uidOf({ metadata }: Pod): string {
  return metadata?.uid ?? "";
}
