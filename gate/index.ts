// @sluice/gate: judges a rollout on evidence and conducts it to its verdict. Knows nothing of Pulumi.
export { conduct } from "./conductor/conduct.ts";
export { leaveWithEngine } from "./conductor/engine.ts";
export {
  checkInputs,
  diffInputs,
  type GateInputs,
  type GateSli,
  type InputProblem,
  type PublicInputs,
} from "./conductor/inputs.ts";
export { outlook } from "./conductor/outlook.ts";
export { type GateOutputs, type GateRecord, GateRefusal, gateId, gateOutputs, type RecordedDecision } from "./conductor/record.ts";
export { decidedBy } from "./conductor/report.ts";
export { planOf } from "./conductor/strategy.ts";
export {
  DEFAULTS,
  decide,
  type Judge,
  judge,
  type Odds,
  type Pace,
  type Prediction,
  parseEvidence,
  predict,
  replay,
  type Traffic,
} from "./decision/index.ts";
export { GateError } from "./errors.ts";
export type { Against, Counts, Decision, Evidence, Look, Plan, SliPlan, SliWindow, Verdict } from "./types.ts";
