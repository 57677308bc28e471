import assert from "node:assert/strict";
import { test } from "node:test";
import { afterEnd, afterProbe, afterStart, type ContainerRecord, newRecord, type RestartPolicy } from "../../../embedded/node/record.ts";
import { podStatus } from "../../../embedded/node/status.ts";
import { nextSteps } from "../../../embedded/node/steps.ts";
import type { Pod, PodStatus } from "../../../embedded/node/types.ts";

const container = { name: "app", image: "localhost/app:1", readinessProbe: { httpGet: { port: 80 } } };
const waiting = newRecord(container, false);
const running = afterStart(waiting, 1000, "localhost/app@sha256:1");
const ready = afterProbe(running, { ready: true });
const ended = (exitCode: number, policy: RestartPolicy) =>
  afterEnd(running, { exitCode, reason: "Error", startedAt: 1000, finishedAt: 2000 }, policy, "a_default(u)");

interface Case {
  readonly main?: readonly ContainerRecord[];
  readonly init?: readonly ContainerRecord[];
  readonly pod?: Pod;
  readonly before?: PodStatus;
  readonly now?: number;
}

function status({ main = [], init = [], pod = {}, before, now = 5000 }: Case): PodStatus {
  return podStatus(pod, { init, main }, { podIP: "127.7.1.0", hostIP: "127.7.0.1", before }, now);
}

const conditionOf = ({ conditions }: PodStatus, type: string) => conditions?.find((condition) => condition.type === type);
const restart = (restartPolicy: RestartPolicy): Pod => ({ spec: { containers: [], restartPolicy } });

for (const [sentence, given, phase] of [
  ["before its containers run a pod is Pending", { main: [waiting] }, "Pending"],
  ["a pod whose containers run is Running", { main: [running] }, "Running"],
  ["a pod with a container that never ran yet is Pending", { main: [running, waiting] }, "Pending"],
  ["a pod in a crash loop is Running", { main: [ended(1, "Always")] }, "Running"],
  ["a pod whose containers all succeeded is Succeeded", { main: [ended(0, "Never")], pod: restart("Never") }, "Succeeded"],
  [
    "a pod with a container that failed for good is Failed",
    { main: [ended(0, "Never"), ended(1, "Never")], pod: restart("Never") },
    "Failed",
  ],
  ["a pod whose init container still runs is Pending", { main: [waiting], init: [running] }, "Pending"],
  ["a pod whose init container failed for good is Failed", { main: [waiting], init: [ended(1, "Never")], pod: restart("Never") }, "Failed"],
] as const) {
  test(sentence, () => {
    assert.equal(status(given).phase, phase);
  });
}

test("a pod is ready when all of its containers are", () => {
  assert.equal(conditionOf(status({ main: [ready] }), "Ready")?.status, "True");
  const half = status({ main: [ready, { ...running, container: { ...container, name: "other" } }] });
  assert.equal(conditionOf(half, "Ready")?.status, "False");
  assert.equal(conditionOf(half, "ContainersReady")?.message, "containers with unready status: [other]");
});

test("a pod that is being deleted is not ready, whatever its probes say", () => {
  const deleted = status({ main: [ready], pod: { metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } } });
  assert.equal(conditionOf(deleted, "Ready")?.status, "False");
  assert.equal(deleted.containerStatuses?.[0]?.ready, false);
});

test("a readiness gate holds the pod back until its condition is true", () => {
  const spec = { containers: [], readinessGates: [{ conditionType: "example.com/gate" }] };
  assert.equal(conditionOf(status({ main: [ready], pod: { spec } }), "Ready")?.reason, "ReadinessGatesNotReady");
  const open = { conditions: [{ type: "example.com/gate", status: "True" }] };
  assert.equal(conditionOf(status({ main: [ready], pod: { spec, status: open } }), "Ready")?.status, "True");
});

test("a condition keeps its transition time until it changes", () => {
  const first = status({ main: [running], now: 5000 });
  const second = status({ main: [ready], before: first, now: 9000 });
  assert.equal(conditionOf(second, "Initialized")?.lastTransitionTime, "1970-01-01T00:00:05Z");
  assert.equal(conditionOf(second, "Ready")?.lastTransitionTime, "1970-01-01T00:00:09Z");
  assert.equal(second.startTime, first.startTime);
});

test("a container in a crash loop says why it waits and how it ended", () => {
  assert.deepEqual(status({ main: [ended(3, "Always")] }).containerStatuses, [
    {
      name: "app",
      image: "localhost/app:1",
      imageID: "localhost/app@sha256:1",
      restartCount: 0,
      ready: false,
      started: false,
      state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 0s restarting failed container=app pod=a_default(u)" } },
      lastState: { terminated: { exitCode: 3, reason: "Error", startedAt: "1970-01-01T00:00:01Z", finishedAt: "1970-01-01T00:00:02Z" } },
    },
  ]);
});

test("init containers run one after the other, and the others after them, all at once", () => {
  const named = (name: string, record: ContainerRecord) => ({ ...record, container: { ...container, name } });
  const main = [named("a", waiting), named("b", waiting)];
  const start = (...init: ContainerRecord[]) => nextSteps({ init, main }, 0).start;
  assert.deepEqual(start(named("one", waiting), named("two", waiting)), ["one"]);
  assert.deepEqual(start(named("one", running), named("two", waiting)), []);
  assert.deepEqual(start(named("one", ended(0, "OnFailure")), named("two", waiting)), ["two"]);
  assert.deepEqual(start(named("one", ended(0, "OnFailure")), named("two", ended(0, "OnFailure"))), ["a", "b"]);
  assert.deepEqual(start(named("one", ended(1, "Never"))), []);
});
