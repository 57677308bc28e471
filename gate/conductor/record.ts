// What remains of a rollout: one record, kept in Pulumi's state, and the error that carries it when the verdict is not "promoted".
import { GateError } from "../errors.ts";
import type { Decision, Evidence, Verdict } from "../types.ts";
import { type GateInputs, type PublicInputs, publicInputs } from "./inputs.ts";

/** The whole story of one judged revision, with the evidence it can be judged again from. Holds nothing secret. */
export interface GateRecord {
  readonly version: 1;
  readonly service: string;
  readonly namespace: string;
  readonly image: string;
  /** Digest of the pod template. */
  readonly template: string;
  /** The pod-template-hash; empty when the controller had not named one. */
  readonly revision: string;
  /** The `retry` it was judged under. */
  readonly retry: number;
  /** When the canary's first step began; ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** What the rule said at the last look. */
  readonly decision: RecordedDecision;
  /** Looks in which an SLI could not be measured, by SLI. */
  readonly blind: Readonly<Record<string, number>>;
  readonly evidence: Evidence;
}

/** A decision as JSON can hold it: an e of zero, whose logarithm is -Infinity, is null. */
export interface RecordedDecision extends Omit<Decision, "logE" | "terms" | "good"> {
  readonly logE: number | null;
  readonly terms: Readonly<Record<string, number | null>>;
  readonly good: Readonly<Record<string, number | null>>;
}

/** Makes a decision fit for a record. */
export function recordedDecision(decision: Decision): RecordedDecision {
  const finite = (log: number) => (Number.isFinite(log) ? log : null);
  const all = (logs: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(logs).map(([name, log]) => [name, finite(log)]));
  return { ...decision, logE: finite(decision.logE), terms: all(decision.terms), good: all(decision.good) };
}

/** Outputs of the gate's resource: the inputs that may be kept, and the record. */
export type GateOutputs = PublicInputs & { readonly record: GateRecord };

export function gateOutputs(inputs: GateInputs, record: GateRecord): GateOutputs {
  return { ...publicInputs(inputs), record };
}

/** Id of the gate's resource. */
export function gateId({ namespace, rollout }: Pick<GateInputs, "namespace" | "rollout">): string {
  return `${namespace}/${rollout}`;
}

/**
 * The rollout was rolled back or held. Pulumi's dynamic provider host reads `id`, `properties` and `reasons` off an error
 * and keeps the resource in state with them, so that the record of a failure is not lost.
 */
export class GateRefusal extends GateError {
  readonly id: string;
  readonly properties: GateOutputs;
  readonly reasons: readonly string[];
  readonly record: GateRecord;

  constructor(inputs: GateInputs, record: GateRecord, message: string) {
    super(message);
    this.name = "GateRefusal";
    this.id = gateId(inputs);
    this.properties = gateOutputs(inputs, record);
    this.reasons = [message];
    this.record = record;
  }
}
