import { readFile } from "node:fs/promises";
import { z } from "zod";

const STATES = ["waiting", "starting", "running", "done", "restarting", "failed", "stopped"] as const;

/**
 * waiting: for what it needs. starting: first start, not ready yet. running: ready. done: a task that has ended well.
 * restarting: it ended or was not ready in time, after having been ready before or with tries left. failed: it was never ready
 * and will not be tried again. stopped: on request.
 */
export type PartState = (typeof STATES)[number];

const PartStatus = z.object({
  name: z.string(),
  state: z.enum(STATES),
  pid: z.number().optional(),
  /** Starts after the first one. */
  restarts: z.number(),
  /** Why it last ended or was not ready, with its last log lines. */
  reason: z.string().optional(),
  /** Seconds from its first start until it was ready. */
  readySeconds: z.number().optional(),
});

export type PartStatus = z.infer<typeof PartStatus>;

/** What the supervisor last wrote; undefined when it has not written anything. */
export async function readStatus(file: string): Promise<readonly PartStatus[] | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : z.array(PartStatus).parse(JSON.parse(text));
}

export const isReady = ({ state }: PartStatus): boolean => state === "running" || state === "done";
