// A record judged again: the same evidence gives the same decision, on any machine, at any time.
import type { Decision } from "../types.ts";
import { parseEvidence } from "./evidence.ts";
import { decide } from "./judge.ts";

/**
 * Judges evidence, or the evidence inside a gate's record, again.
 * @param input the parsed JSON of an evidence file (version 1) or of a record
 * @throws GateError that lists every problem of the input with its path
 */
export function replay(input: unknown): Decision {
  const { plan, looks } = parseEvidence(isRecord(input) ? input.evidence : input);
  return decide(plan, looks);
}

function isRecord(input: unknown): input is { evidence: unknown } {
  return typeof input === "object" && input !== null && "evidence" in input;
}
