import { errors, Pool } from "undici";
import { type LoadRecord, noVersion } from "./tally.ts";

export interface Requester {
  /** Sends one request that was due at that time (performance.now()'s clock), unless its time is up. Never rejects: a missing answer is a record too. */
  send(dueAt: number): Promise<LoadRecord>;
  close(): Promise<void>;
}

/**
 * Keep-alive connections to one origin, as many as there are requests in flight: none waits for another's answer.
 * @param timeoutMs time a request has from when it was due to the end of its answer
 */
export function createRequester(target: {
  readonly origin: string;
  readonly path: string;
  readonly host: string;
  readonly timeoutMs: number;
}): Requester {
  const { origin, path, host, timeoutMs } = target;
  const pool = new Pool(origin, { headersTimeout: 0, bodyTimeout: 0 });
  const headers = { host };

  async function answer(dueAt: number): Promise<{ readonly status: number; readonly version: string }> {
    const left = dueAt + timeoutMs - performance.now();
    // After a stall of this process there may be thousands of them: sent all the same, they would be the next stall.
    if (left <= 0) throw new Timeout();
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new Timeout()), left);
    try {
      const response = await pool.request({ path, method: "GET", headers, signal: deadline.signal });
      for await (const _chunk of response.body);
      const version = response.headers["x-version"];
      return { status: response.statusCode, version: typeof version === "string" ? version : noVersion };
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async send(dueAt) {
      const outcome = await answer(dueAt).catch((error: unknown) => ({ error: reasonOf(error) }));
      return { dueAt: performance.timeOrigin + dueAt, latencyMs: performance.now() - dueAt, ...outcome };
    },
    close: () => pool.destroy(),
  };
}

class Timeout extends Error {}

function reasonOf(error: unknown): string {
  if (error instanceof Timeout) return "timeout";
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  if (code === "ECONNREFUSED") return "refused";
  return error instanceof errors.SocketError || code === "ECONNRESET" || code === "EPIPE" ? "closed" : code;
}
