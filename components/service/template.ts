import { createHash } from "node:crypto";

/**
 * Digest of a pod template: what makes a revision. Two templates have the same digest when they are the same value, in whatever order their
 * keys are written.
 */
export function templateDigest(template: unknown): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(template, sortedKeys)).digest("hex")}`;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
