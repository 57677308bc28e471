import { z } from "zod";
import { field } from "../field.ts";
import { seconds, whole } from "../units.ts";

/** A duration within what AWS takes. @param most in seconds */
function secondsUpTo(most: number) {
  return field({
    what: `a duration of whole seconds, at most ${most}s`,
    example: "10s",
    parse: (input) => {
      const { data } = seconds.safeParse(input);
      return data !== undefined && Number.isInteger(data) && data <= most ? data : undefined;
    },
  });
}

/** The event flow on AWS: orders that are worked off from a queue into a table. */
export const data = z.strictObject({
  timeout: secondsUpTo(900)
    .prefault("10s")
    .describe("Longest time for one batch of messages. A batch that takes longer is delivered again."),
  deliveries: whole(1, 1000).default(5).describe("Deliveries before a message is set aside with the dead letters, which raises an alarm."),
  parallel: whole(2, 1000).default(5).describe("Batches that are worked on at the same time. More wait in the queue."),
  slow: secondsUpTo(1_209_600).prefault("5m").describe("Age of the oldest message from which the flow is too slow, and an alarm goes off."),
});

export type WrittenData = z.output<typeof data>;
