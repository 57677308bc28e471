import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, isConflict, isNotFound } from "../kube/index.ts";
import type { Pod, PodStatus } from "./types.ts";

/** Writes pod statuses to the API server: only the newest of each pod, a few pods at a time, again when the server could not be reached. */
export interface StatusWriter {
  /** Takes a status to be written soon. Does nothing when it is what was written last. */
  put(pod: Pod, status: PodStatus): void;
  /** Resolves when the pod's newest status is written, or the pod is gone. */
  settled(pod: Pod): Promise<void>;
  /** Forgets a pod that is gone. */
  forget(uid: string): void;
}

/** Requests under way at a time: enough to keep the server busy when a thousand pods start, few enough to leave it free for others. */
const AT_A_TIME = 16;
const RETRY_MS = 500;

interface Entry {
  readonly pod: Pod;
  status: PodStatus;
  /** The status as text, to tell whether it has changed. */
  text: string;
  /** The text of the last status that was written or refused. */
  written?: string;
  writing: boolean;
  settled: PromiseWithResolvers<void>;
}

/**
 * @param send writes one status. An ApiError that it throws is final when the server refused the status, anything else is tried again.
 * @param onError told of every failure but that of a pod that is gone.
 */
export function statusWriter(send: (pod: Pod, status: PodStatus) => Promise<void>, onError: (error: unknown) => void): StatusWriter {
  const entries = new Map<string, Entry>();
  const queue = new Set<Entry>();
  let writers = 0;

  function put(pod: Pod, status: PodStatus): void {
    const text = JSON.stringify(status);
    const before = entries.get(uidOf(pod));
    if (before?.text === text) return;
    const entry = before ?? { pod, status, text, writing: false, settled: Promise.withResolvers<void>() };
    if (entry.written === entry.text) entry.settled = Promise.withResolvers<void>();
    Object.assign(entry, { status, text });
    entries.set(uidOf(pod), entry);
    if (!entry.writing) queue.add(entry);
    void drain();
  }

  async function drain(): Promise<void> {
    if (writers >= AT_A_TIME) return;
    writers++;
    for (const entry of queue) {
      queue.delete(entry);
      await write(entry);
    }
    writers--;
  }

  async function write(entry: Entry): Promise<void> {
    entry.writing = true;
    const { text } = entry;
    const outcome = await attempt(entry);
    entry.writing = false;
    if (entries.get(uidOf(entry.pod)) !== entry) return;
    if (outcome === "gone") return forget(uidOf(entry.pod));
    if (outcome === "done") entry.written = text;
    if (entry.written === entry.text) entry.settled.resolve();
    else queue.add(entry);
  }

  async function attempt({ pod, status }: Entry): Promise<"done" | "gone" | "again"> {
    try {
      await send(pod, status);
      return "done";
    } catch (error) {
      if (isNotFound(error) || isConflict(error)) return "gone";
      onError(error);
      if (error instanceof ApiError && error.status < 500) return "done"; // refused for good: the same again would be refused again
      await sleep(RETRY_MS);
      return "again";
    }
  }

  function forget(uid: string): void {
    const entry = entries.get(uid);
    entry?.settled.resolve();
    if (entry !== undefined) queue.delete(entry);
    entries.delete(uid);
  }

  return { put, settled: async (pod) => entries.get(uidOf(pod))?.settled.promise, forget };
}

function uidOf(pod: Pod): string {
  return pod.metadata?.uid ?? "";
}
