import { z } from "zod";
import { seconds, whole } from "../units.ts";

/** The event flow on AWS: orders that are worked off from a queue into a table. */
export const data = z.strictObject({
  timeout: seconds
    .prefault("10s")
    .describe("Longest time for one batch of messages, at most `900s`. A batch that takes longer is delivered again."),
  deliveries: whole(1, 1000).default(5).describe("Deliveries before a message is set aside with the dead letters, which raises an alarm."),
  parallel: whole(2, 1000).default(5).describe("Batches that are worked on at the same time. More wait in the queue."),
  slow: seconds.prefault("5m").describe("Age of the oldest message from which the flow is too slow, and an alarm goes off."),
});

export type WrittenData = z.output<typeof data>;
