// Why a pod is not ready, in one line.
import assert from "node:assert/strict";
import test from "node:test";
import { viewPod } from "../../../gate/conductor/pods.ts";
import { podsLine } from "../../../gate/conductor/reach.ts";

const pod = (status: unknown, metadata: object = {}) => ({ metadata: { name: "echo-6c-x", ...metadata }, status });
const container = (state: unknown, lastState: unknown = {}) =>
  pod({ containerStatuses: [{ name: "echo", ready: false, state, lastState }] });

test("an image that cannot be pulled", () => {
  const waiting = { reason: "ErrImagePull", message: "localhost/echo:9.9.9: not found" };
  assert.equal(viewPod(container({ waiting }))?.trouble, "echo: ErrImagePull: localhost/echo:9.9.9: not found");
});

test("a crash loop, with the exit code and the last words", () => {
  const message = "starting\n\nreading settings\nError: ERROR_RATE is no number\n";
  const lastState = { terminated: { exitCode: 1, reason: "Error", message } };
  const waiting = { reason: "CrashLoopBackOff", message: "back-off 10s restarting failed container" };
  assert.equal(
    viewPod(container({ waiting }, lastState))?.trouble,
    "echo: CrashLoopBackOff: exit code 1, last words: starting | reading settings | Error: ERROR_RATE is no number",
  );
});

test("a pod that no node takes", () => {
  const conditions = [
    { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/1 nodes are available: Insufficient cpu." },
  ];
  assert.equal(viewPod(pod({ conditions }))?.trouble, "not scheduled: 0/1 nodes are available: Insufficient cpu.");
});

test("a failing probe, from the kubelet's event", () => {
  const running = container({ running: {} });
  assert.equal(viewPod(running)?.trouble, undefined);
  const event = "Readiness probe failed: HTTP probe failed with statuscode: 503";
  assert.equal(viewPod(running, event)?.trouble, event);
});

test("a pod that is starting has no trouble, a ready one neither, and one on its way out is not looked at", () => {
  assert.deepEqual(viewPod(container({ waiting: { reason: "ContainerCreating" } })), { name: "echo-6c-x", ready: false });
  assert.deepEqual(viewPod(pod({ conditions: [{ type: "Ready", status: "True" }] })), { name: "echo-6c-x", ready: true });
  assert.equal(viewPod(pod({}, { deletionTimestamp: "2026-11-21T12:00:00Z" })), undefined);
});

test("the line says how many are ready and what ails the others", () => {
  const pods = [
    { name: "a", ready: true },
    { name: "b", ready: false, trouble: "echo: ImagePullBackOff" },
  ];
  assert.equal(podsLine({ desired: 2, pods }), "waiting for canary pods: 1 of 2 ready; b: echo: ImagePullBackOff");
  assert.equal(podsLine({ desired: 1, pods }), "canary pods ready: 1 of 1, waiting for the Rollout's controller");
});
