import { writeSync } from "node:fs";

type Level = "info" | "error";

/**
 * Writes one event as one line of JSON on standard output: time, level, what happened, then the event's own fields.
 * Written at once, so that the last words of a process that ends are not lost.
 */
export function log(level: Level, event: string, fields: Readonly<Record<string, unknown>> = {}): void {
  const line = `${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`;
  try {
    writeSync(process.stdout.fd, line);
  } catch {
    // A reader that is gone or slow (EPIPE, EAGAIN) must not take the service down with it.
  }
}
