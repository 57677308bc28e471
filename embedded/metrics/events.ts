import { createHash } from "node:crypto";
import type { CoreV1Event } from "@kubernetes/client-node";
import { defineResource, isConflict, type KubeClient, type Wire } from "../kube/index.ts";
import type { Log } from "./log.ts";
import type { Problem } from "./objects.ts";

type Event = Wire<CoreV1Event>;

const events = defineResource<Event>("v1", "Event", "events");

/** An event's message has no more room. */
const longestMessage = 1024;

/** Takes the problems there are now and tells of each once while it lasts: in the log, and as an event on its object. */
export function problemReporter(client: KubeClient, log: Log): (problems: readonly Problem[]) => void {
  let told = new Set<string>();
  return (problems) => {
    const now = new Map(problems.map((problem) => [idOf(problem), problem]));
    for (const [id, problem] of now) {
      if (told.has(id)) continue;
      const { object, reason, message } = problem;
      log("warning", message, { reason, kind: object.kind, namespace: object.namespace, name: object.name });
      record(client, problem).catch((error: unknown) => log("error", `the event was not written: ${String(error)}`));
    }
    told = new Set(now.keys());
  };
}

/** Writes the event, or, where an earlier run or an earlier spell of the problem wrote it, its new time. */
async function record(client: KubeClient, problem: Problem): Promise<void> {
  const event = eventOf(problem, new Date());
  try {
    await client.create(events, event);
  } catch (error) {
    if (!isConflict(error)) throw error;
    const { object } = problem;
    await client.patch(events, event.metadata.name ?? "", { lastTimestamp: event.lastTimestamp }, { namespace: object.namespace });
  }
}

/** The event of a problem. Its name follows from the problem, so that the same one is one event. */
export function eventOf(problem: Problem, now: Date): Event {
  const { object, reason, message } = problem;
  const time = now.toISOString().replace(/\.\d+Z$/, "Z");
  return {
    metadata: { namespace: object.namespace, name: `${object.name}.${idOf(problem)}` },
    involvedObject: { ...object },
    type: "Warning",
    reason,
    message: message.slice(0, longestMessage),
    source: { component: "sluice-metrics" },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  };
}

function idOf({ object, message }: Problem): string {
  return createHash("sha256").update(`${object.uid} ${message}`).digest("hex").slice(0, 16);
}
