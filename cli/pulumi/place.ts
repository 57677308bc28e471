import { randomUUID } from "node:crypto";
import { copyFile, link, rename, rm, stat, utimes } from "node:fs/promises";

/**
 * Puts a tool at a path, unless it is there already: as a second name of the same file, or as a copy where the path is on another file system.
 * In one step, because a `pulumi up` in another terminal may be starting.
 */
export async function place(tool: string, path: string): Promise<void> {
  const { size, atime, mtime } = await stat(tool);
  const present = await stat(path).catch(() => undefined);
  if (present?.size === size && present.mtime.getTime() === mtime.getTime()) return;
  const temporary = `${path}.${randomUUID()}`;
  try {
    await link(tool, temporary).catch(async () => {
      await copyFile(tool, temporary);
      // The copy is known by these from now on.
      await utimes(temporary, atime, mtime);
    });
    await rename(temporary, path);
  } finally {
    // A rename leaves both names of a file that another process has just put there.
    await rm(temporary, { force: true });
  }
}
