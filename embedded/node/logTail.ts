import { open } from "node:fs/promises";

/** The last lines of a log, at most `lines` of them and at most `bytes` bytes; empty when there is no log. */
export async function logTail(file: string, { lines, bytes }: { readonly lines: number; readonly bytes: number }): Promise<string> {
  const handle = await open(file, "r").catch(() => undefined);
  if (handle === undefined) return "";
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(Math.min(size, bytes)), position: Math.max(size - bytes, 0) });
    const text = buffer.toString("utf8", 0, bytesRead);
    return text.trimEnd().split("\n").slice(-lines).join("\n");
  } finally {
    await handle.close();
  }
}
