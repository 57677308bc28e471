/** Starts a plan's parts in the order of their needs, keeps them running, and ends them without leaving a process behind. */
export type { PartPlan, Plan, Probe } from "./plan.ts";
export { isReady, type PartState, type PartStatus, readStatus } from "./status.ts";
