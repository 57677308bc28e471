// A Rollout's JSON and what the conductor reads from it.
import assert from "node:assert/strict";
import test from "node:test";
import { isMadeFrom, viewMade, viewRollout } from "../../../gate/conductor/rollout.ts";
import { GateError } from "../../../gate/index.ts";

const steps = [{ setWeight: 10 }, { pause: {} }, { setWeight: 20 }, { pause: { duration: "10s" } }, { setWeight: 25 }, { pause: {} }];
const rollout = {
  metadata: { uid: "u", resourceVersion: "7", generation: 3, annotations: { "rollout.argoproj.io/revision": "2" } },
  spec: { strategy: { canary: { steps } } },
  status: {
    observedGeneration: "3",
    currentPodHash: "6c",
    stableRS: "5b",
    currentStepIndex: 5,
    phase: "Paused",
    pauseConditions: [{ reason: "CanaryPauseStep", startTime: "2026-11-21T12:00:00Z" }],
    canary: { weights: { canary: { weight: 25 }, stable: { weight: 75 } } },
  },
};

test("a paused Rollout stands at one of the pauses without an end", () => {
  assert.deepEqual(viewRollout(rollout), {
    uid: "u",
    resourceVersion: "7",
    observed: true,
    revision: "6c",
    stable: "5b",
    number: 2,
    phase: "Paused",
    message: "",
    aborted: false,
    weights: [10, 25],
    canaryWeight: 25,
    specPaused: false,
    healthy: false,
    isWayBack: false,
    pausedAt: 1,
    pausedSince: Date.UTC(2026, 10, 21, 12) / 1000,
  });
});

test("a Rollout that the controller has not looked at yet", () => {
  const { status: _none, ...fresh } = rollout;
  assert.deepEqual(
    (({ observed, revision, stable, pausedAt, canaryWeight }) => ({ observed, revision, stable, pausedAt, canaryWeight }))(
      viewRollout(fresh),
    ),
    { observed: false, revision: "", stable: "", pausedAt: undefined, canaryWeight: 0 },
  );
});

test("a pause that a user or an analysis made is not a step's", () => {
  const status = { ...rollout.status, pauseConditions: [{ reason: "InconclusiveAnalysisRun", startTime: "2026-11-21T12:00:00Z" }] };
  assert.equal(viewRollout({ ...rollout, status }).pausedAt, undefined);
});

test("a template that the controller can make no revision of is told by the condition that says why", () => {
  const refusalOf = (condition: object) => viewRollout({ ...rollout, status: { ...rollout.status, conditions: [condition] } }).refusal;
  assert.equal(refusalOf({ type: "InvalidSpec", status: "True", reason: "InvalidSpec", message: "no such Service" }), "no such Service");
  const creation = { type: "Progressing", status: "False", reason: "ReplicaSetCreateError", message: "quota exceeded" };
  assert.equal(refusalOf(creation), "quota exceeded");
  assert.equal(refusalOf({ ...creation, status: "True", reason: "NewReplicaSetAvailable" }), undefined);
});

test("a revision is the one that is applied when it carries the same digest, whatever its number; without one, when it has the same number", () => {
  const carrying = (digest: string) => ({ template: { metadata: { annotations: { "sluice.dev/template": digest } } } });
  const applied = viewRollout({ ...rollout, spec: { ...rollout.spec, ...carrying("sha256:a") } });
  const made = (number: string, digest: string) =>
    viewMade({ metadata: { annotations: { "rollout.argoproj.io/revision": number } }, spec: carrying(digest) });
  assert.equal(isMadeFrom(applied, made("1", "sha256:a")), true);
  assert.equal(isMadeFrom(applied, made("2", "sha256:b")), false);
  assert.equal(isMadeFrom(viewRollout(rollout), made("2", "")), true);
  assert.equal(isMadeFrom(viewRollout(rollout), made("1", "")), false);
  assert.equal(isMadeFrom(applied, undefined), false);
});

const blueGreen = { ...rollout, spec: { strategy: { blueGreen: { autoPromotionEnabled: false } } } };

test("a blue-green Rollout stands at its one pause, and all requests are where its active Service leads", () => {
  const pauseConditions = [{ reason: "BlueGreenPause", startTime: "2026-11-21T12:00:00Z" }];
  const at = (status: object) => {
    const view = viewRollout({ ...blueGreen, status: { ...rollout.status, ...status } });
    const { stable, weights, canaryWeight, pausedAt, healthy, isWayBack } = view;
    return { stable, weights, canaryWeight, pausedAt, healthy, isWayBack };
  };
  const before = { stable: "5b", weights: [0], canaryWeight: 0, healthy: false, isWayBack: false };
  const paused = { pauseConditions, blueGreen: { activeSelector: "5b" } };
  assert.deepEqual(at(paused), { ...before, pausedAt: 0 });
  const switched = { phase: "Progressing", pauseConditions: null, blueGreen: { activeSelector: "6c" } };
  const after = { ...before, stable: "6c", canaryWeight: 100, pausedAt: undefined, healthy: true };
  assert.deepEqual(at(switched), after, "the analysis after the switch is not waited for");
  assert.deepEqual(at({ ...switched, stableRS: "6c", phase: "Healthy" }), after);
  assert.deepEqual(at({ ...switched, phase: "Degraded" }), { ...after, healthy: false });
  const oldTag = { ...paused, currentPodHash: "5b", stableRS: "5b", blueGreen: { activeSelector: "6c" } };
  assert.deepEqual(at(oldTag), { ...before, stable: "6c", pausedAt: 0, isWayBack: true });
  assert.deepEqual(at({ blueGreen: undefined, pauseConditions: null, stableRS: "" }), { ...before, stable: "", pausedAt: undefined });
});

test("a blue-green Rollout that goes on by itself has no pause for a gate", () => {
  assert.deepEqual(viewRollout({ ...blueGreen, spec: { strategy: { blueGreen: {} } } }).weights, []);
});

test("what has no strategy is refused", () => {
  assert.throws(() => viewRollout({ ...rollout, spec: { strategy: {} } }), GateError);
});
