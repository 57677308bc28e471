// Thresholds that mean the same on every panel.
import type { Threshold } from "../kinds/index.ts";

/** For counts of what should not be. */
export const NONE_IS_GOOD: readonly Threshold[] = [
  [0, "green"],
  [1, "red"],
];

/** For shares of something that can be used up. */
export const FULL: readonly Threshold[] = [
  [0, "green"],
  [0.8, "yellow"],
  [0.95, "red"],
];
