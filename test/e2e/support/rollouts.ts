// Rollouts from start to end, and what a test expects of their ends.
import assert from "node:assert/strict";
import type { GateRecord, Verdict } from "../../../gate/index.ts";
import type { Running } from "./commandLine.ts";
import type { EchoValues, Stage } from "./stage.ts";

/** Waits for the end of a `pulumi up` and checks its exit code and the verdict it left in the state. */
export async function endsAs(
  verdict: Verdict,
  stage: Stage,
  up: Running,
): Promise<{ readonly record: GateRecord; readonly output: string }> {
  const { code, output } = await up.finished;
  const record = await stage.record();
  assert.equal(record.verdict, verdict, `${record.reason}\n${output}`);
  assert.equal(code === 0, verdict === "promoted", `pulumi up ended with code ${code}:\n${output}`);
  return { record, output };
}

/** Brings a good version up. */
export async function promote(stage: Stage, values: EchoValues): Promise<GateRecord> {
  const { record } = await endsAs("promoted", stage, await stage.up(values));
  assert.match(record.image, new RegExp(`:${values.tag}$`));
  return record;
}
