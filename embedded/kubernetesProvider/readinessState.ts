// The three states of an object that is waited for, and how pods are counted in them.
import type { JsonObject } from "./json.ts";
import { podProblem } from "./podProblems.ts";

export type Readiness =
  | { readonly state: "ready" }
  | { readonly state: "waiting"; readonly reasons: readonly string[] }
  /** It will not get ready without another change: there is nothing to wait for. */
  | { readonly state: "failed"; readonly reasons: readonly string[] };

export const READY: Readiness = { state: "ready" };
export const waiting = (...reasons: string[]): Readiness & { readonly state: "waiting" } => ({ state: "waiting", reasons });
export const failed = (...reasons: string[]): Readiness => ({ state: "failed", reasons });

/** More pods than these rarely tell more, and a line must stay readable. */
const PODS_NAMED = 5;

/** `1 of 3 pods ready`, and what is wrong with the others. */
export function podReasons(what: string, pods: readonly JsonObject[]): Readiness & { readonly state: "waiting" } {
  const problems = pods.map(podProblem).filter((problem) => problem !== undefined);
  const more = problems.length > PODS_NAMED ? [`and ${problems.length - PODS_NAMED} more pods`] : [];
  return waiting(what, ...problems.slice(0, PODS_NAMED), ...more);
}
