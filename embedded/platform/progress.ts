import { isReady, type PartStatus } from "../supervisor/index.ts";
import type { PartName } from "./names.ts";

/** How far a start has come. unknown: the supervisor has not said anything yet. waiting: `part` is one that is not ready. */
export type Progress =
  | { readonly kind: "ready" | "unknown" }
  | { readonly kind: "waiting" | "failed"; readonly part: PartStatus }
  | { readonly kind: "missing"; readonly names: readonly PartName[] };

/** What the statuses of all parts mean for the parts that were asked for. */
export function progressOf(all: readonly PartStatus[], asked: readonly PartName[]): Progress {
  if (all.length === 0) return { kind: "unknown" };
  const names = asked.filter((name) => !all.some((part) => part.name === name));
  if (names.length > 0) return { kind: "missing", names };
  const parts = all.filter(({ name }) => asked.some((one) => one === name));
  const failed = parts.find(({ state }) => state === "failed");
  if (failed) return { kind: "failed", part: failed };
  const late = parts.find((part) => !isReady(part));
  return late ? { kind: "waiting", part: late } : { kind: "ready" };
}
