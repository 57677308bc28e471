// The lock that a killed `pulumi` leaves in the file backend: https://www.pulumi.com/docs/iac/concepts/state-and-backends
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { isRunning } from "../../embedded/processes/index.ts";

const lockFile = z.object({ pid: z.int(), username: z.string(), hostname: z.string(), timestamp: z.string() });

/** Who holds, or held, a stack. */
export type StackLock = z.infer<typeof lockFile> & { readonly file: string };

/**
 * The locks of a stack whose process is gone: made on this host by a process that does not run any more. A lock of
 * another host, or of a live process, is never among them.
 * @param backend folder of the file backend
 */
export async function deadLocks(backend: string, project: string, stack: string): Promise<readonly StackLock[]> {
  const folder = join(backend, ".pulumi", "locks", "organization", project, stack);
  if (!existsSync(folder)) return [];
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
  const locks = await Promise.all(files.map(readLock));
  return locks.filter((lock) => lock !== undefined).filter((lock) => lock.hostname === hostname() && !isRunning(lock.pid));
}

async function readLock(file: string): Promise<StackLock | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined); // released while we looked
  const parsed = text === undefined ? undefined : lockFile.safeParse(JSON.parse(text));
  return parsed?.success ? { ...parsed.data, file } : undefined;
}
