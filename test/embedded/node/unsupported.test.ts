import assert from "node:assert/strict";
import { test } from "node:test";
import type { PodSpec } from "../../../embedded/node/types.ts";
import { unsupported } from "../../../embedded/node/unsupported.ts";

const container = { name: "app", image: "localhost/app:1" };

const wishes: [string, PodSpec, RegExp][] = [
  [
    "an exec probe",
    { containers: [{ ...container, livenessProbe: { exec: { command: ["true"] } } }] },
    /liveness probe: only httpGet and tcpSocket/,
  ],
  [
    "a ConfigMap volume",
    {
      containers: [{ ...container, volumeMounts: [{ name: "c", mountPath: "/etc/c" }] }],
      volumes: [{ name: "c", configMap: { name: "c" } }],
    },
    /volume c at \/etc\/c: only an emptyDir at \/tmp/,
  ],
  [
    "an exec hook",
    { containers: [{ ...container, lifecycle: { preStop: { exec: { command: ["true"] } } } }] },
    /preStop: only httpGet and sleep/,
  ],
  ["a sidecar", { initContainers: [{ ...container, restartPolicy: "Always" }], containers: [container] }, /sidecars are not run/],
  ["the host's network", { hostNetwork: true, containers: [container] }, /hostNetwork/],
];
for (const [wish, spec, reason] of wishes) {
  test(`a pod that asks for ${wish} is refused, with the reason`, () => {
    assert.match(unsupported({ spec }).join("; "), reason);
  });
}

test("an emptyDir at /tmp, httpGet and tcpSocket probes, and preStop sleep are fine", () => {
  const app = {
    ...container,
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
    livenessProbe: { tcpSocket: { port: 80 } },
    readinessProbe: { httpGet: { port: 80 } },
    lifecycle: { preStop: { sleep: { seconds: 1 } } },
  };
  assert.deepEqual(
    unsupported({
      spec: {
        containers: [app],
        volumes: [
          { name: "tmp", emptyDir: {} },
          { name: "unused", configMap: {} },
        ],
      },
    }),
    [],
  );
});
