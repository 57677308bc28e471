import { waitFor } from "../../embedded/kube/wait.ts";

/** Probes until the probe gives a value. @throws PlatformError with `what` and the last error when it does not in time (default 30 s). */
export function eventually<T>(what: string, probe: () => Promise<T | undefined>, options: { seconds?: number } = {}): Promise<T> {
  return waitFor(what, probe, options);
}
