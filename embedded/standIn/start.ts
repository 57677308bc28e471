import { PlatformError } from "../errors.ts";

/**
 * The frame of a stand-in's main.ts. The process lives on after `start` has resolved; when it rejects, the process ends with code 1 and says
 * why, and the supervisor starts it again.
 * @param start is given the command line.
 */
export async function startStandIn(start: (args: readonly string[]) => Promise<void>): Promise<void> {
  await start(process.argv.slice(2)).catch(fail);
}

/** From now on SIGTERM and SIGINT end the process with code 0, after `stop`. A second one ends it at once. */
export function endOnSignal(stop: () => Promise<void> = async () => undefined): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop().then(() => process.exit(0), fail));
}

/** Ends the process with code 1: one line for what a user can act on, a stack for anything else. */
export function fail(error: unknown): never {
  const text = error instanceof PlatformError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
