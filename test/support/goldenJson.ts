import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

/** Compares with what a file holds, for a reader to judge once and for a review to see changed. SLUICE_UPDATE_GOLDEN=1 writes the file. */
export function assertGolden(file: string, value: unknown): void {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (process.env.SLUICE_UPDATE_GOLDEN === "1") writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"));
}
