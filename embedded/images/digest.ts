import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { ImageConfig } from "./types.ts";

/**
 * The digest of an image: over its configuration and, in order of their names, every file's path, executable bit and content. Times and
 * owners are left out, so that a second build of the same content has the same digest.
 */
export async function digestOf(files: string, config: ImageConfig): Promise<string> {
  const hash = createHash("sha256");
  const environment = Object.entries(config.env).sort(([a], [b]) => (a < b ? -1 : 1));
  hash.update(JSON.stringify([config.entrypoint, config.command, environment, config.workingDir]));
  for (const path of await pathsOf(files)) {
    const content = await readFile(path);
    const executable = ((await stat(path)).mode & 0o100) !== 0;
    hash.update(JSON.stringify([relative(files, path), executable, content.length]));
    hash.update(content);
  }
  return `sha256:${hash.digest("hex")}`;
}

async function pathsOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
