import assert from "node:assert/strict";
import { test } from "node:test";
import { readUpdateCounts, refusedNow, type UpdateCounts } from "../../../embedded/mesh/refusals.ts";

const counts = (taken: number, refused: number): UpdateCounts => new Map([["routes", { taken, refused }]]);

test("Envoy's statistics are read by what was updated", () => {
  const stats = "cluster.pods-07.update_rejected: 0\ncluster.pods-07.update_success: 3\nhttp.gateway.rds.mesh.update_rejected: 2\n";
  assert.deepEqual(
    [...readUpdateCounts(stats)],
    [
      ["cluster.pods-07", { taken: 3, refused: 0 }],
      ["http.gateway.rds.mesh", { taken: 0, refused: 2 }],
    ],
  );
});

for (const [what, before, now, wasRefused, isRefused] of [
  ["is refused when the count of refusals rises", counts(3, 0), counts(3, 1), false, true],
  ["stays refused while nothing new comes", counts(3, 1), counts(3, 1), true, true],
  ["is mended by the next update that is taken", counts(3, 1), counts(4, 1), true, false],
  ["is refused when in doubt about the order", counts(3, 0), counts(4, 1), false, true],
  ["is not refused in an Envoy that has just started", counts(3, 1), counts(1, 0), true, false],
  ["is refused in an Envoy that refused it at its start", new Map(), counts(0, 1), false, true],
] as const) {
  test(`an update ${what}`, () => {
    assert.equal(refusedNow(before, now, new Set(wasRefused ? ["routes"] : [])).has("routes"), isRefused);
  });
}
