import assert from "node:assert/strict";
import { test } from "node:test";
import { KNOWN_BUCKETS_MS } from "../../../../charts/slo/buckets.ts";
import { MESH_BUCKETS_MS } from "../../../../infra/stack/slo.ts";

test("the buckets that an SLO may name are those that a stack may name", () => {
  assert.deepEqual(KNOWN_BUCKETS_MS.istio, MESH_BUCKETS_MS);
});
