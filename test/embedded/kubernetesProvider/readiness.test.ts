import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../embedded/kubernetesProvider/json.ts";
import { podProblem } from "../../../embedded/kubernetesProvider/podProblems.ts";
import { podSelector } from "../../../embedded/kubernetesProvider/podSelector.ts";
import { isAwaited, readiness } from "../../../embedded/kubernetesProvider/readiness.ts";

const object = (apiVersion: string, kind: string, status: JsonObject, spec: JsonObject = {}): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name: "x", generation: 2 },
  spec,
  status,
});
const deployment = (status: JsonObject) => object("apps/v1", "Deployment", { observedGeneration: 2, ...status }, { replicas: 2 });
const rollout = (status: JsonObject) => object("argoproj.io/v1alpha1", "Rollout", { observedGeneration: "2", ...status }, { replicas: 2 });
const pod = (name: string, ready: boolean): JsonObject => ({
  metadata: { name },
  status: { phase: "Running", conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
});

const STATES: Readonly<Record<string, readonly [JsonObject, string]>> = {
  "a Deployment with all pods new and available is ready": [deployment({ replicas: 2, updatedReplicas: 2, availableReplicas: 2 }), "ready"],
  "a Deployment with an old pod left is not": [deployment({ replicas: 3, updatedReplicas: 2, availableReplicas: 3 }), "waiting"],
  "a Deployment whose controller has not looked yet is not": [
    deployment({ observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2 }),
    "waiting",
  ],
  "a Deployment past its progress deadline has failed": [
    deployment({ conditions: [{ type: "Progressing", reason: "ProgressDeadlineExceeded", message: "too slow" }] }),
    "failed",
  ],
  "a healthy Rollout is ready": [rollout({ phase: "Healthy" }), "ready"],
  "a Rollout with all pods available is ready, whatever its phase": [rollout({ phase: "Progressing", availableReplicas: 2 }), "ready"],
  "a Rollout with one pod of two is not": [rollout({ phase: "Progressing", availableReplicas: 1 }), "waiting"],
  "a Rollout that Argo has not seen is not": [rollout({ observedGeneration: "" }), "waiting"],
  "a Rollout whose spec Argo refuses has failed": [
    rollout({ conditions: [{ type: "InvalidSpec", status: "True", message: "no" }] }),
    "failed",
  ],
  "a StatefulSet with all pods new and ready is ready": [
    object("apps/v1", "StatefulSet", { observedGeneration: 2, updatedReplicas: 1, readyReplicas: 1 }),
    "ready",
  ],
  "a DaemonSet that misses a node is not": [
    object("apps/v1", "DaemonSet", { observedGeneration: 2, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberReady: 1 }),
    "waiting",
  ],
  "a complete Job is ready": [object("batch/v1", "Job", { conditions: [{ type: "Complete", status: "True" }] }), "ready"],
  "a failed Job has failed": [object("batch/v1", "Job", { conditions: [{ type: "Failed", status: "True", message: "no" }] }), "failed"],
  "an active Namespace is ready": [object("v1", "Namespace", { phase: "Active" }), "ready"],
  "a Pod that failed has failed": [object("v1", "Pod", { phase: "Failed" }), "failed"],
  "a Service without a load balancer's address is not ready": [object("v1", "Service", {}, { type: "LoadBalancer" }), "waiting"],
  "a Service that selects no pod is ready": [object("v1", "Service", {}, { type: "ClusterIP" }), "ready"],
  "an established definition is ready": [
    object("apiextensions.k8s.io/v1", "CustomResourceDefinition", { conditions: [{ type: "Established", status: "True" }] }),
    "ready",
  ],
  "a definition whose names are taken has failed": [
    object("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
      conditions: [{ type: "NamesAccepted", status: "False", message: "taken" }],
    }),
    "failed",
  ],
  "a kind that nobody knows is ready as soon as it is there": [object("example.com/v1", "Thing", {}), "ready"],
};

for (const [sentence, [thing, state]] of Object.entries(STATES)) {
  test(sentence, () => assert.equal(readiness(thing, []).state, state));
}

test("what is waited for is counted, and every pod that is not ready says why", () => {
  const waiting = readiness(deployment({ replicas: 2, updatedReplicas: 2, availableReplicas: 1 }), [pod("a", true), pod("b", false)]);
  assert.deepEqual(waiting, { state: "waiting", reasons: ["1 of 2 pods ready", "pod b: running, but not ready"] });
});

test("of many pods the first five are named, and the others counted", () => {
  const pods = Array.from({ length: 7 }, (_, index) => pod(`p${index}`, false));
  const waiting = readiness(deployment({ replicas: 2, updatedReplicas: 2 }), pods);
  assert.ok(waiting.state === "waiting");
  assert.deepEqual([waiting.reasons.length, waiting.reasons.at(-1)], [7, "and 2 more pods"]);
});

test("a Service waits for the pods it already selects, unless it has no cluster address", () => {
  const pods = [pod("a", true), pod("b", false)];
  assert.equal(readiness(object("v1", "Service", {}, { clusterIP: "10.0.0.1" }), pods).state, "waiting");
  assert.equal(readiness(object("v1", "Service", {}, { clusterIP: "None" }), pods).state, "ready");
});

test("a Rollout's later revisions are left to the gate, as soon as Argo has seen them", () => {
  const later = (observedGeneration: string): JsonObject => ({
    ...rollout({ phase: "Paused", observedGeneration }),
    metadata: { name: "x", generation: 2, annotations: { "rollout.argoproj.io/revision": "2" } },
  });
  assert.equal(readiness(later("2"), []).state, "ready");
  assert.equal(readiness(later("1"), []).state, "waiting");
});

test("kinds that are ready as soon as they are there are not asked for again", () => {
  assert.ok(isAwaited(deployment({})));
  assert.ok(!isAwaited(object("v1", "ConfigMap", {})));
});

test("the pods are found by the labels and expressions of the selector", () => {
  const matchExpressions = [
    { key: "tier", operator: "In", values: ["a", "b"] },
    { key: "old", operator: "DoesNotExist" },
    { key: "zone", operator: "Exists" },
  ];
  const selector = { matchLabels: { app: "echo" }, matchExpressions };
  assert.equal(podSelector(object("apps/v1", "Deployment", {}, { selector })), "app=echo,tier in (a,b),!old,zone");
  assert.equal(podSelector(object("v1", "Service", {}, { selector: { app: "echo" } })), "app=echo");
  assert.equal(podSelector(object("v1", "Service", {}, {})), undefined);
  assert.equal(podSelector(object("v1", "ConfigMap", {})), undefined);
});

const withContainer = (state: JsonObject, more: JsonObject = {}): JsonObject => ({
  metadata: { name: "echo-x" },
  status: { phase: "Running", containerStatuses: [{ name: "main", state, ...more }] },
});

const PODS: Readonly<Record<string, readonly [JsonObject, string | undefined]>> = {
  "a ready pod has no problem": [pod("a", true), undefined],
  "a pod that is done has no problem": [{ metadata: { name: "a" }, status: { phase: "Succeeded" } }, undefined],
  "a pod without a status is pending": [{ metadata: { name: "a" } }, "pod a: Pending"],
  "an image that cannot be had": [
    withContainer({ waiting: { reason: "ErrImagePull", message: "no image localhost/echo:9" } }),
    "pod echo-x: ErrImagePull no image localhost/echo:9",
  ],
  "a container that crashes": [
    withContainer({ waiting: { reason: "CrashLoopBackOff" } }, { restartCount: 3, lastState: { terminated: { exitCode: 1 } } }),
    "pod echo-x: CrashLoopBackOff exit code 1, 3 restarts",
  ],
  "a container that is just being made": [
    withContainer({ waiting: { reason: "ContainerCreating" } }),
    "pod echo-x: running, but not ready",
  ],
  "a pod that fits nowhere": [
    {
      metadata: { name: "a" },
      status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/1 nodes" }] },
    },
    "pod a: Unschedulable 0/1 nodes",
  ],
};

for (const [sentence, [thing, problem]] of Object.entries(PODS)) {
  test(`${sentence} (${problem ?? "nothing to say"})`, () => assert.equal(podProblem(thing), problem));
}
