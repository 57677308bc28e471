import assert from "node:assert/strict";
import { test } from "node:test";
import { afterFinding, initialState, type ProbeKind, timingOf } from "../../../embedded/node/probe.ts";

/** The verdicts after each finding: "+" passed, "-" failed. */
function verdicts(kind: ProbeKind, findings: string, thresholds: { successThreshold?: number; failureThreshold?: number } = {}): string[] {
  const timing = timingOf(thresholds);
  let state = initialState(kind);
  return [...findings].map((finding) => {
    state = afterFinding(state, finding === "+", timing);
    return state.verdict;
  });
}

test("a container is not ready until its readiness probe passes", () => {
  assert.equal(initialState("readiness").verdict, "failure");
  assert.deepEqual(verdicts("readiness", "-+"), ["failure", "success"]);
});

test("a container is alive until its liveness probe has failed three times in a row", () => {
  assert.equal(initialState("liveness").verdict, "success");
  assert.deepEqual(verdicts("liveness", "--+---"), ["success", "success", "success", "success", "success", "failure"]);
});

test("a container has neither started nor failed to before its startup probe says so", () => {
  assert.deepEqual(verdicts("startup", "---", { failureThreshold: 3 }), ["unknown", "unknown", "failure"]);
});

test("a success threshold asks for as many passes in a row", () => {
  assert.deepEqual(verdicts("readiness", "+-++", { successThreshold: 2 }), ["failure", "failure", "failure", "success"]);
});

test("a probe without numbers has Kubernetes' defaults", () => {
  const expected = { initialDelayMs: 0, periodMs: 10_000, timeoutMs: 1000, successThreshold: 1, failureThreshold: 3 };
  assert.deepEqual(timingOf({}), expected);
});
