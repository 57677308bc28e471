// Log files that other processes append to: their size and their end, and keeping them short.
import { closeSync, copyFileSync, openSync, readSync, statSync, truncateSync } from "node:fs";

/** One log may grow to this size; then it becomes <file>.1, in place of the one before. */
const MOST_BYTES = 20 * 1024 * 1024;

/** Size of a log in bytes, 0 when there is none. */
export function logSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Cuts a log that is too long. Copied and emptied rather than renamed: the part goes on writing (appending) to the same file. */
export function capLog(file: string, mostBytes: number = MOST_BYTES): void {
  if (logSize(file) <= mostBytes) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file, 0);
}

/** The last lines of a log, at most `lines` of them and at most `bytes` bytes; empty when there is no log. */
export function logTail(file: string, { lines, bytes }: { readonly lines: number; readonly bytes: number }): string {
  return readLog(file, 0, bytes).trimEnd().split("\n").slice(-lines).join("\n");
}

/** What was logged after `from` bytes, at most the last `most` bytes of it. */
export function readLog(file: string, from: number, most: number = 64 * 1024): string {
  const size = logSize(file);
  const start = Math.max(size < from ? 0 : from, size - most);
  if (size <= start) return "";
  const buffer = Buffer.alloc(size - start);
  const fd = openSync(file, "r");
  try {
    return buffer.toString("utf8", 0, readSync(fd, buffer, 0, buffer.length, start));
  } finally {
    closeSync(fd);
  }
}

/** The last lines of what was logged after `from` bytes, each cut to a readable length; enough of them for a Node error with its stack. */
export function lastLines(file: string, from: number, lines = 12): readonly string[] {
  const all = readLog(file, from).split("\n");
  return all
    .filter((line) => line.trim() !== "")
    .slice(-lines)
    .map((line) => (line.length > 300 ? `${line.slice(0, 300)} ...` : line));
}
