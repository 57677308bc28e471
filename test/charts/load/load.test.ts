import assert from "node:assert/strict";
import { test } from "node:test";
import { readSettings } from "../../../apps/load/settings.ts";
import { type LoadObjective, type LoadRun, type LoadTarget, scriptEnvironment, testRun } from "../../../charts/load/index.ts";

const target: LoadTarget = {
  service: "echo",
  url: "http://gateway.istio-ingress/",
  host: "echo.example",
  objectives: [
    { kind: "availability", limit: 0.02 },
    { kind: "latency", thresholdMs: 300, limit: 0.1 },
    { kind: "latency", thresholdMs: 1000, limit: 0.01 },
  ],
};
const images = { k6: "grafana/k6:2.2.0", starter: "ghcr.io/grafana/k6-operator:starter-v1.6.0" };
const run = (changed: Partial<LoadRun> = {}) => testRun({ target, profile: "load", rate: 50, number: 1, ...changed }, "load", images);
// As an API server would send it.
const specOf = (changed: Partial<LoadRun> = {}) => JSON.parse(JSON.stringify(run(changed))).spec;

test("the scripts understand what they are told, and hold the service to what a canary is held to", () => {
  assert.deepEqual(readSettings(scriptEnvironment(target, 50)), {
    url: "http://gateway.istio-ingress/",
    host: "echo.example",
    rate: 50,
    failed: 0.02,
    slower: [
      [300, 0.1],
      [1000, 0.01],
    ],
  });
});

test("of two limits of failed requests the stricter holds", () => {
  const objectives: readonly LoadObjective[] = [
    { kind: "availability", limit: 0.05 },
    { kind: "availability", limit: 0.001 },
  ];
  assert.equal(readSettings(scriptEnvironment({ ...target, objectives }, 1)).failed, 0.001);
});

test("a run is named after its service, its profile and its number: another number is another run", () => {
  assert.equal(run().metadata.name, "echo-load-1");
  assert.equal(run({ profile: "stress", number: 3 }).metadata.name, "echo-stress-3");
  assert.equal(specOf({ profile: "stress" }).script.configMap.file, "stress.ts");
});

const runners: readonly (readonly [LoadRun["profile"], number, number])[] = [
  ["load", 50, 1],
  ["load", 500, 1],
  ["load", 501, 2],
  ["stress", 500, 4],
];
for (const [profile, rate, expected] of runners) {
  test(`${profile} of ${rate} requests a second has ${expected} runner${expected === 1 ? "" : "s"}`, () => {
    assert.equal(specOf({ profile, rate }).parallelism, expected);
  });
}

test("no pod of a run has an account, a writable root or an image that moves", () => {
  const { runner, starter } = specOf();
  for (const pod of [runner, starter]) {
    assert.equal(pod.automountServiceAccountToken, "false");
    assert.equal(pod.containerSecurityContext.readOnlyRootFilesystem, true);
    assert.equal(pod.securityContext.runAsNonRoot, true);
    assert.ok(pod.resources.limits.memory);
  }
  assert.deepEqual([runner.image, starter.image], [images.k6, images.starter]);
  // What the operator looks at a script with writes there.
  assert.deepEqual(runner.volumeMounts, [{ name: "tmp", mountPath: "/tmp" }]);
});
