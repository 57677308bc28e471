import assert from "node:assert/strict";
import { test } from "node:test";
import { ISTIO_BUCKETS_MS } from "../../charts/slo/index.ts";
import { DURATION_BUCKETS } from "../../embedded/mesh/telemetry.ts";
import { crdFiles, inventory } from "../../embedded/toolchain/index.ts";
import versions from "../../infra/versions.json" with { type: "json" };

test("the embedded platform runs the versions that the program is written for", async () => {
  const tools = new Map((await inventory()).map(({ name, version }) => [name, version]));
  assert.equal(tools.get("kube-apiserver"), versions.kubernetes);
  assert.equal(tools.get("argo-rollouts"), versions["argo-rollouts"]);
});

for (const name of ["argo-rollouts", "istio", "prometheus-operator"] as const) {
  test(`manifests are tested against the definitions of ${name} ${versions[name]}`, async () => {
    const files = (await crdFiles()).filter((file) => file.includes(`/${name}/`));
    assert.ok(files.length > 0);
    for (const file of files) assert.match(file, new RegExp(`/${name}/${versions[name].replaceAll(".", "\\.")}/`));
  });
}

test("the latency buckets that a stack may name are those of the embedded mesh", () => {
  assert.deepEqual(ISTIO_BUCKETS_MS, DURATION_BUCKETS);
});
