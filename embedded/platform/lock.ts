import { createServer, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { PlatformError } from "../errors.ts";

/** Longer than an `up` may take. */
const MOST_SECONDS = 400;

/**
 * Runs `work` while no other process works on the same platform. The lock is a listening socket in Linux' abstract namespace: the
 * kernel lets go of it when its process ends, however it ends, so there is no stale lock. (The toolchain's lock is a file. Two that find
 * a stale one may both go on: there that costs a build, here it would be a second supervisor.)
 * @param onWait told once when another process has it.
 * @throws PlatformError when the other does not let go in 400 s.
 */
export async function withLock<T>(platformId: string, work: () => Promise<T>, onWait: () => void = () => undefined): Promise<T> {
  const deadline = Date.now() + MOST_SECONDS * 1000;
  let server = await take(platformId);
  if (server === undefined) onWait();
  while (server === undefined) {
    if (Date.now() >= deadline) throw new PlatformError(`another sluice command has been working on this platform for ${MOST_SECONDS} s`);
    await sleep(100);
    server = await take(platformId);
  }
  try {
    return await work();
  } finally {
    server.close();
  }
}

function take(platformId: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)));
    server.listen({ path: `\0sluice/${platformId}` }, () => resolve(server));
  });
}
