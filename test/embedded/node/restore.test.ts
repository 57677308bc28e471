import assert from "node:assert/strict";
import { test } from "node:test";
import { statusIsDue } from "../../../embedded/node/heartbeat.ts";
import { restartsAtNextStart } from "../../../embedded/node/record.ts";
import { restoredRecords } from "../../../embedded/node/restore.ts";
import type { Container, PodStatus } from "../../../embedded/node/types.ts";

type ContainerStatus = NonNullable<PodStatus["containerStatuses"]>[number];
const since = "2026-01-01T00:00:00Z";
const NOW = Date.parse(since) + 60_000;
const ran: ContainerStatus = {
  name: "app",
  image: "localhost/app:1",
  imageID: "localhost/app@sha256:1",
  ready: true,
  started: true,
  restartCount: 2,
  state: { running: { startedAt: since } },
};

function restore(status: ContainerStatus | undefined, { alive = false, image = "localhost/app:1" } = {}) {
  const container: Container = { name: "app", image };
  const pod = { spec: { containers: [container] }, ...(status && { status: { containerStatuses: [status] } }) };
  const [record] = restoredRecords(pod, new Set(alive ? ["app"] : []), NOW).main;
  assert.ok(record);
  return record;
}

test("a container whose process is still there goes on as it was", () => {
  const record = restore(ran, { alive: true });
  assert.deepEqual(record.state, { kind: "running", startedAt: Date.parse(since), started: true, ready: true });
  assert.equal(record.restarts, 2);
});

test("a container whose process is gone is started again and counts a restart", () => {
  const record = restore(ran);
  assert.equal(record.state.kind, "waiting");
  assert.equal(record.last?.reason, "ContainerStatusUnknown");
  assert.equal(restartsAtNextStart(record), 3);
});

test("an image that needs no process goes on without one", () => {
  assert.equal(restore(ran, { image: "registry.k8s.io/pause:3.10" }).state.kind, "running");
});

test("a process that was started before its status was written is taken over as that restart", () => {
  const crashed = { exitCode: 1, reason: "Error", startedAt: since, finishedAt: since };
  const state = { waiting: { reason: "CrashLoopBackOff" } };
  const record = restore({ ...ran, state, lastState: { terminated: crashed } }, { alive: true });
  assert.equal(record.state.kind, "running");
  assert.equal(record.restarts, 3);
});

test("a container that ended for good stays as it is", () => {
  const terminated = { exitCode: 0, reason: "Completed", startedAt: since, finishedAt: since };
  assert.equal(restore({ ...ran, state: { terminated } }).state.kind, "terminated");
});

test("a container that was never started is started", () => {
  assert.equal(restartsAtNextStart(restore(undefined)), 0);
});

test("the node writes its status every five minutes, and at once when it may have been given up", () => {
  const now = 1_000_000;
  assert.equal(statusIsDue({ now, renewedAt: now - 10_000, statusAt: now - 100_000 }), false);
  assert.equal(statusIsDue({ now, renewedAt: now - 10_000, statusAt: now - 300_000 }), true);
  assert.equal(statusIsDue({ now, renewedAt: now - 25_000, statusAt: now - 100_000 }), true);
});
