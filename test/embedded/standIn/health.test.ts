import assert from "node:assert/strict";
import { test } from "node:test";
import { choosePorts } from "../../../embedded/platform/ports.ts";
import { type Health, serveHealth } from "../../../embedded/standIn/index.ts";

for (const [what, health, status, body] of [
  ["says so until the part is ready", { ready: false, reason: undefined }, 503, { status: "starting" }],
  ["is ok when all is well", { ready: true, reason: undefined }, 200, { status: "ok" }],
  [
    "tells what is wrong while the part is behind, without asking for a restart that would not help",
    { ready: true, reason: "Envoy refused routes" },
    200,
    { status: "degraded", reason: "Envoy refused routes" },
  ],
] as const satisfies readonly (readonly [string, Health, number, object])[]) {
  test(`/healthz ${what}`, async (t) => {
    const { healthPort: port } = await choosePorts(["healthPort"], {});
    const server = await serveHealth(port, () => health);
    t.after(() => server.close());
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
    assert.equal(answer.status, status);
    assert.deepEqual(await answer.json(), body);
  });
}
