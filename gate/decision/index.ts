// The decision: pure functions from a plan and looks to what the rule allows.
export { parseEvidence } from "./evidence.ts";
export { DEFAULTS, decide, type Judge, judge } from "./judge.ts";
export { type Odds, type Pace, type Prediction, predict, type Traffic } from "./predict.ts";
export { replay } from "./replay.ts";
