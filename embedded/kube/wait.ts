import { setTimeout as sleep } from "node:timers/promises";
import { messageOf, PlatformError } from "../errors.ts";

export interface WaitOptions {
  /** How long to go on, in seconds. @default 30 */
  readonly seconds?: number;
  /** Pause between two probes, in milliseconds. @default 100 */
  readonly everyMs?: number;
}

/**
 * Probes until the probe gives a value. A probe that throws is asked again; its last error is part of the reason.
 * @throws PlatformError "<what>: not within <n> s", and the last error.
 */
export async function waitFor<T>(what: string, probe: () => Promise<T | undefined>, options: WaitOptions = {}): Promise<T> {
  const { seconds = 30, everyMs = 100 } = options;
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const [value, error] = await probe().then(
      (given) => [given, undefined] as const,
      (thrown: unknown) => [undefined, thrown] as const,
    );
    if (value !== undefined) return value;
    if (Date.now() >= deadline) throw timeout(what, seconds, error);
    await sleep(everyMs);
  }
}

function timeout(what: string, seconds: number, error: unknown): PlatformError {
  const reason = error === undefined ? "" : `: ${messageOf(error)}`;
  return new PlatformError(`${what}: not within ${seconds} s${reason}`, { cause: error });
}
