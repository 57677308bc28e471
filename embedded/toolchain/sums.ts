import { createHash } from "node:crypto";

/** Throws when content is not what was pinned, naming what it is. */
export function assertSum(content: Uint8Array, sha256: string, what: string): void {
  const actual = createHash("sha256").update(content).digest("hex");
  if (actual !== sha256) throw new Error(`${what} has the wrong checksum: sha256 ${actual}, expected ${sha256}`);
}
