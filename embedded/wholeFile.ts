// Files that other processes read or watch while they are written anew.
import { chmodSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export interface WholeFileOptions {
  /** Whatever the umask. @default 0o600 */
  readonly mode?: number;
  /** Where the half-written file lies, on the same file system: for a file in a folder that somebody watches. @default the file's own folder */
  readonly halfIn?: string;
}

/**
 * Writes a file in one step: whoever reads it finds the old text or the new one, never a half, and several processes may write it at once.
 * Returns when it is written, so that texts written one after the other appear in that order.
 */
export function writeWhole(file: string, text: string, { mode = 0o600, halfIn = dirname(file) }: WholeFileOptions = {}): void {
  const half = join(halfIn, `${basename(file)}.${process.pid}`);
  writeFileSync(half, text);
  chmodSync(half, mode);
  renameSync(half, file);
}
