import { messageOf } from "../errors.ts";
import { type EventWriter, eventOf, writeEvent } from "./events.ts";
import type { Log } from "./log.ts";
import type { Problem } from "./problems.ts";

export interface ReporterOptions {
  /** Who tells, e.g. "sluice-mesh". */
  readonly component: string;
  /** A problem is told when it still stands after this time: what mends itself is nobody's business. @default 0 */
  readonly settleMs?: number;
}

/**
 * Tells of problems, on the object they are of (an event) and in the log, once while they last.
 * @returns takes the problems there are now
 */
export function problemReporter(
  client: EventWriter,
  log: Log,
  { component, settleMs = 0 }: ReporterOptions,
): (problems: readonly Problem[]) => void {
  const pending = new Map<string, NodeJS.Timeout>();

  function tell(problem: Problem): void {
    const { object, reason, message } = problem;
    log("warning", message, { reason, kind: object.kind, namespace: object.namespace, name: object.name });
    writeEvent(client, eventOf({ ...problem, type: "Warning" }, { component }, Date.now())).catch((error: unknown) =>
      log("error", `cannot write an event: ${messageOf(error)}`),
    );
  }

  return (problems) => {
    const now = new Map(problems.map((problem) => [`${problem.object.uid} ${problem.message}`, problem]));
    for (const [key, timer] of pending) {
      if (now.has(key)) continue;
      clearTimeout(timer);
      pending.delete(key);
    }
    for (const [key, problem] of now) if (!pending.has(key)) pending.set(key, setTimeout(tell, settleMs, problem).unref());
  };
}
