import { createHash } from "node:crypto";
import { type Event, events, isConflict, type KubeClient, type ObjectRef, rfc3339 } from "../kube/index.ts";

/** The part of the API server's client that writes events. */
export type EventWriter = Pick<KubeClient, "create" | "patch">;

/** Who tells: the stand-in's name as `kubectl describe` shows it, and the node where that matters. */
export interface EventSource {
  readonly component: string;
  readonly host?: string;
}

/** What is told, and of what. */
export interface Told {
  readonly object: ObjectRef & Pick<Event["involvedObject"], "resourceVersion" | "fieldPath">;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

/** The API server takes no longer message. */
const LONGEST_MESSAGE = 1024;

/**
 * An event on an object. Its name holds a digest of what is told, so that the same thing told again is the same event.
 * @param now ms since the epoch
 */
export function eventOf({ object, type, reason, message }: Told, source: EventSource, now: number): Event {
  const digest = createHash("sha256").update(JSON.stringify([object.uid, object.fieldPath, type, reason, message]));
  const time = rfc3339(now);
  return {
    metadata: { namespace: object.namespace, name: `${object.name}.${digest.digest("hex").slice(0, 16)}` },
    involvedObject: { ...object },
    type,
    reason,
    message: message.slice(0, LONGEST_MESSAGE),
    source: { ...source },
    reportingComponent: source.component,
    ...(source.host !== undefined && { reportingInstance: source.host }),
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  };
}

/** Writes an event, or, where an earlier run or an earlier spell of the problem wrote it, its new time. */
export async function writeEvent(client: EventWriter, event: Event): Promise<void> {
  try {
    await client.create(events, event);
  } catch (error) {
    if (!isConflict(error)) throw error;
    const { namespace = "default", name = "" } = event.metadata;
    await client.patch(events, name, { lastTimestamp: event.lastTimestamp }, { namespace });
  }
}
