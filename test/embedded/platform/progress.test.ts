import assert from "node:assert/strict";
import { test } from "node:test";
import { progressOf } from "../../../embedded/platform/progress.ts";
import type { PartState, PartStatus } from "../../../embedded/supervisor/index.ts";

const part = (name: string, state: PartState): PartStatus => ({ name, state, restarts: 0 });
const etcd = part("etcd", "running");
const setup = part("cluster-setup", "done");

test("all asked parts running or done is ready, whatever the others are", () => {
  assert.deepEqual(progressOf([etcd, setup, part("envoy", "failed")], ["etcd", "cluster-setup"]), { kind: "ready" });
});

for (const state of ["waiting", "starting", "restarting", "stopped"] as const) {
  test(`a part that is ${state} is waited for`, () => {
    assert.deepEqual(progressOf([etcd, part("mesh", state)], ["etcd", "mesh"]), { kind: "waiting", part: part("mesh", state) });
  });
}

test("a failed part counts more than one that is waited for", () => {
  const failed = part("mesh", "failed");
  assert.deepEqual(progressOf([part("etcd", "starting"), failed], ["etcd", "mesh"]), { kind: "failed", part: failed });
});

test("parts that the platform does not have are named", () => {
  assert.deepEqual(progressOf([etcd], ["etcd", "mesh", "envoy"]), { kind: "missing", names: ["mesh", "envoy"] });
});

test("before the supervisor's first word nothing is missing", () => {
  assert.deepEqual(progressOf([], ["etcd"]), { kind: "unknown" });
});
