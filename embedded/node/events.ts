import { type Event, events, type KubeClient, pods, refTo } from "../kube/index.ts";
import { eventOf, writeEvent } from "../standIn/index.ts";
import type { Pod } from "./types.ts";

export interface PodEvent {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** The container it is about, if it is about one. */
  readonly container?: string;
}

/** Writes a pod's events. One that is repeated is counted, not written anew. Never throws: an event that is lost is only a lost event. */
export interface EventRecorder {
  record(pod: Pod, event: PodEvent): void;
  /** Forgets what it knows of a pod that is gone. */
  forget(uid: string): void;
}

export function eventRecorder(client: KubeClient, nodeName: string, onError: (error: unknown) => void): EventRecorder {
  const counts = new Map<string, Map<string, number>>();

  async function write(pod: Pod, event: PodEvent): Promise<void> {
    const object = podEvent(pod, event, nodeName, Date.now());
    const { uid, namespace } = refTo(pod, pods);
    const name = object.metadata.name ?? "";
    const ofPod = counts.get(uid) ?? new Map<string, number>();
    counts.set(uid, ofPod);
    const count = (ofPod.get(name) ?? 0) + 1;
    ofPod.set(name, count);
    if (count === 1) await writeEvent(client, object);
    // A probe may fail every second; its count is written when it has doubled.
    else if (Number.isInteger(Math.log2(count)))
      await client.patch(events, name, { count, lastTimestamp: object.lastTimestamp }, { namespace });
  }

  return {
    record: (pod, event) => void write(pod, event).catch(onError),
    forget: (uid) => void counts.delete(uid),
  };
}

/** As a kubelet tells it. */
function podEvent(pod: Pod, { container, ...said }: PodEvent, nodeName: string, now: number): Event {
  const object = {
    ...refTo(pod, pods),
    resourceVersion: pod.metadata?.resourceVersion ?? "",
    ...(container !== undefined && { fieldPath: `spec.containers{${container}}` }),
  };
  return eventOf({ object, ...said }, { component: "kubelet", host: nodeName }, now);
}
