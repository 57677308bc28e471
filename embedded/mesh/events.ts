import { createHash } from "node:crypto";
import type { CoreV1Event } from "@kubernetes/client-node";
import { defineResource, isConflict, type KubeClient, type Wire } from "../kube/index.ts";
import type { Log } from "./log.ts";
import type { Problem } from "./problems.ts";

type Event = Wire<CoreV1Event>;

const events = defineResource<Event>("v1", "Event", "events");

/** The part of the API server's client that writes events. */
export type EventWriter = Pick<KubeClient, "create" | "patch">;

/**
 * A problem is told when it still stands after this time: a route is often there before the Service it leads to, and what mends itself is
 * nobody's business.
 */
export const SETTLE_MS = 2000;

/** Tells of problems, on the object they are of (an event) and in the log, once while they last. */
export interface Reporter {
  /** Takes the problems there are now. */
  update(problems: readonly Problem[]): void;
}

export function problemReporter(client: EventWriter, log: Log): Reporter {
  const pending = new Map<string, NodeJS.Timeout>();

  function tell(problem: Problem): void {
    const { object, message } = problem;
    log("warning", message, { kind: object.kind, namespace: object.namespace, name: object.name });
    record(client, problem).catch((error: unknown) =>
      log("error", `cannot write an event: ${error instanceof Error ? error.message : String(error)}`),
    );
  }

  return {
    update(problems) {
      const now = new Map(problems.map((problem) => [`${problem.object.uid} ${problem.message}`, problem]));
      for (const [key, timer] of pending) {
        if (now.has(key)) continue;
        clearTimeout(timer);
        pending.delete(key);
      }
      for (const [key, problem] of now) if (!pending.has(key)) pending.set(key, setTimeout(tell, SETTLE_MS, problem).unref());
    },
  };
}

/** Writes the event, or, where an earlier run or an earlier spell of the problem wrote it, its new time. */
async function record(client: EventWriter, problem: Problem): Promise<void> {
  const event = eventOf(problem, new Date());
  try {
    await client.create(events, event);
  } catch (error) {
    if (!isConflict(error)) throw error;
    const { namespace = "default", name = "" } = event.metadata;
    await client.patch(events, name, { lastTimestamp: event.lastTimestamp }, { namespace });
  }
}

/** The event of a problem. Its name follows from the problem, so that the same one is one event. */
function eventOf({ object, message }: Problem, now: Date): Event {
  const time = now.toISOString().replace(/\.\d+Z$/, "Z");
  const id = createHash("sha256").update(`${object.uid} ${message}`).digest("hex").slice(0, 16);
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { namespace: object.namespace, name: `${object.name}.${id}` },
    involvedObject: { ...object },
    type: "Warning",
    reason: "NotServedAsWritten",
    message: message.slice(0, 1024),
    source: { component: "sluice-mesh" },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  };
}
