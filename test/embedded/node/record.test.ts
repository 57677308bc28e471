import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterEnd,
  afterProbe,
  afterPullFailure,
  afterPullPause,
  afterStart,
  type ContainerRecord,
  newRecord,
  type RestartPolicy,
} from "../../../embedded/node/record.ts";
import { nextSteps } from "../../../embedded/node/steps.ts";
import type { Container } from "../../../embedded/node/types.ts";

const fresh = (container: Partial<Container> = {}) => newRecord({ name: "app", image: "localhost/app:1", ...container }, false);
const crash = (at: number, exitCode = 1) => ({ exitCode, reason: exitCode === 0 ? "Completed" : "Error", startedAt: at, finishedAt: at });
const end = (record: ContainerRecord, at: number, policy: RestartPolicy = "Always", exitCode = 1) =>
  afterEnd(record, crash(at, exitCode), policy, "echo_default(u1)");

test("a crashed container is started again, and waits longer each time", () => {
  let record = fresh();
  const waits: number[] = [];
  for (let at = 0; waits.length < 4; ) {
    record = end(afterStart(record, at, "app@sha256:1"), at);
    const retryAt = record.state.kind === "waiting" ? (record.state.retryAt ?? 0) : -1;
    waits.push(retryAt - at);
    at = retryAt;
  }
  assert.deepEqual(waits, [0, 10_000, 20_000, 40_000]);
  assert.equal(record.restarts, 3);
  assert.deepEqual(record.state, {
    kind: "waiting",
    reason: "CrashLoopBackOff",
    message: "back-off 40s restarting failed container=app pod=echo_default(u1)",
    retryAt: 70_000,
  });
});

test("the end of the last run is kept while the container runs again", () => {
  const record = afterStart(end(afterStart(fresh(), 0, "i"), 5), 6, "i");
  assert.equal(record.last?.exitCode, 1);
  assert.equal(record.state.kind, "running");
});

for (const [policy, exitCode, again] of [
  ["Always", 0, true],
  ["OnFailure", 0, false],
  ["OnFailure", 1, true],
  ["Never", 1, false],
] as const) {
  test(`with restartPolicy ${policy} a container that ended with ${exitCode} is ${again ? "" : "not "}started again`, () => {
    assert.equal(end(afterStart(fresh(), 0, "i"), 1, policy, exitCode).state.kind, again ? "waiting" : "terminated");
  });
}

test("an image that is not there is ErrImagePull, then ImagePullBackOff until it is looked for again", () => {
  const failed = afterPullFailure(fresh(), "not found", 0);
  assert.deepEqual(nextSteps({ init: [], main: [failed] }, 0), { start: [], wakeAt: 2000 });
  assert.equal(afterPullPause(failed, 1999), failed);
  const paused = afterPullPause(failed, 2000);
  assert.deepEqual(paused.state, {
    kind: "waiting",
    reason: "ImagePullBackOff",
    message: 'Back-off pulling image "localhost/app:1": ErrImagePull: not found',
    retryAt: 10_000,
  });
  assert.deepEqual(nextSteps({ init: [], main: [paused] }, 2000), { start: [], wakeAt: 10_000 });
  assert.deepEqual(nextSteps({ init: [], main: [paused] }, 10_000), { start: ["app"] });
});

test("pulls that failed do not count as crashes", () => {
  const pulled = afterStart(afterPullFailure(afterPullFailure(fresh(), "no", 0), "no", 10_000), 30_000, "i");
  const { state } = end(pulled, 31_000);
  assert.equal(state.kind === "waiting" && state.retryAt, 31_000);
  assert.equal(pulled.restarts, 0);
});

test("a container is started and ready at once only when no probe has to say so", () => {
  const probe = { httpGet: { port: 80 } };
  const running = (container: Partial<Container>) => afterStart(fresh(container), 0, "i").state;
  assert.deepEqual(running({}), { kind: "running", startedAt: 0, started: true, ready: true });
  assert.deepEqual(running({ readinessProbe: probe }), { kind: "running", startedAt: 0, started: true, ready: false });
  assert.deepEqual(running({ startupProbe: probe }), { kind: "running", startedAt: 0, started: false, ready: false });
});

test("a late word of a probe says nothing about a container that does not run", () => {
  const ended = end(afterStart(fresh(), 0, "i"), 1);
  assert.equal(afterProbe(ended, { ready: true }), ended);
});
