import { createHash } from "node:crypto";
import type { CoreV1Event } from "@kubernetes/client-node";
import { defineResource, type KubeClient, type Wire } from "../kube/index.ts";
import { rfc3339 } from "./status.ts";
import type { Pod } from "./types.ts";

type Event = Wire<CoreV1Event>;
const events = defineResource<Event>("v1", "Event", "events");

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
    const { uid = "", namespace = "default" } = pod.metadata ?? {};
    const object = eventOf(pod, event, nodeName, rfc3339(Date.now()));
    const name = object.metadata?.name ?? "";
    const ofPod = counts.get(uid) ?? new Map<string, number>();
    counts.set(uid, ofPod);
    const count = (ofPod.get(name) ?? 0) + 1;
    ofPod.set(name, count);
    if (count === 1) await client.create(events, object);
    // A probe may fail every second; its count is written when it has doubled.
    else if (Number.isInteger(Math.log2(count)))
      await client.patch(events, name, { count, lastTimestamp: object.lastTimestamp }, { namespace });
  }

  return {
    record: (pod, event) => void write(pod, event).catch(onError),
    forget: (uid) => void counts.delete(uid),
  };
}

/** The name holds a digest of what was said, so that the same thing said again is the same event. */
function eventOf(pod: Pod, { type, reason, message, container }: PodEvent, nodeName: string, now: string): Event {
  const { name = "", namespace = "default", uid = "", resourceVersion = "" } = pod.metadata ?? {};
  const digest = createHash("sha256")
    .update(JSON.stringify([uid, type, reason, message, container]))
    .digest("hex")
    .slice(0, 16);
  return {
    metadata: { name: `${name}.${digest}`, namespace },
    involvedObject: {
      apiVersion: "v1",
      kind: "Pod",
      name,
      namespace,
      uid,
      resourceVersion,
      ...(container !== undefined && { fieldPath: `spec.containers{${container}}` }),
    },
    type,
    reason,
    message: message.slice(0, 1024),
    source: { component: "kubelet", host: nodeName },
    reportingComponent: "kubelet",
    reportingInstance: nodeName,
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  };
}
