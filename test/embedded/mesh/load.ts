import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Gateway } from "./gateway.ts";

/** What became of the requests sent while something was done. */
export interface Outcome {
  /** Answers by "status body". */
  readonly answers: ReadonlyMap<string, number>;
  /** Everything that was not a 200, and every request without an answer. */
  readonly failures: readonly string[];
  readonly total: number;
}

/** Sends requests from several callers all the time until `during` is done. */
export async function underLoad(gateway: Gateway, host: string, during: () => Promise<void>, path = "/"): Promise<Outcome> {
  const answers = new Map<string, number>();
  const failures: string[] = [];
  let isOver = false;
  let total = 0;

  async function caller(): Promise<void> {
    while (!isOver) {
      total++;
      const { status, body } = await gateway.get(host, path).catch((error: unknown): Answer => ({ status: 0, body: String(error) }));
      const answer = `${status} ${body}`;
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      if (status !== 200) failures.push(answer);
      await sleep(CALLER_PAUSE_MS);
    }
  }

  const callers = Array.from({ length: 10 }, caller);
  await during();
  isOver = true;
  await Promise.all(callers);
  return { answers, failures, total };
}

/** Ten callers with this pause make some hundreds of requests a second. */
const CALLER_PAUSE_MS = 20;

/** Sends `count` requests and counts the answers' bodies. */
export async function countBodies(gateway: Gateway, host: string, count: number, path = "/"): Promise<ReadonlyMap<string, number>> {
  const bodies = new Map<string, number>();
  for (let sent = 0; sent < count; sent += 50) {
    const answers = await Promise.all(Array.from({ length: Math.min(50, count - sent) }, () => gateway.get(host, path)));
    for (const { body } of answers) bodies.set(body, (bodies.get(body) ?? 0) + 1);
  }
  return bodies;
}
