import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import type { Manifest } from "../../charts/manifest.ts";
import { goldenCases, readManifests, writtenManifests } from "./golden.ts";

const update = process.env.SLUICE_UPDATE_GOLDEN === "1";

for (const { name, actual, file } of goldenCases()) {
  test(`golden ${name}: the manifests are those that were looked at`, () => {
    if (update) writeFileSync(file, writtenManifests(actual));
    assert.deepEqual(actual, readManifests(file));
  });

  test(`golden ${name}: every object has the recommended labels and a name without a hash`, () => {
    for (const { kind, metadata } of actual) {
      assert.match(metadata.name, /^echo(-stable|-canary)?$/, kind);
      for (const label of ["name", "instance", "managed-by"])
        assert.ok(metadata.labels?.[`app.kubernetes.io/${label}`], `${kind} ${label}`);
    }
  });

  test(`golden ${name}: both sides of the rollout are routed alike`, () => {
    const rules = actual.filter(({ kind }) => kind === "DestinationRule").map(({ spec }) => policyOf(spec));
    assert.equal(rules.length, 2);
    assert.deepEqual(rules[0], rules[1]);
  });
}

test("no case of the golden manifests has a Secret, or a field that only Argo Rollouts may write", () => {
  for (const manifest of goldenCases().flatMap(({ actual }) => actual)) {
    assert.notEqual(manifest.kind, "Secret");
    if (isSideService(manifest)) assert.doesNotMatch(JSON.stringify(manifest.spec), /selector/);
  }
});

function policyOf(spec: unknown): unknown {
  return typeof spec === "object" && spec !== null && "trafficPolicy" in spec ? spec.trafficPolicy : assert.fail("no policy");
}

function isSideService({ kind, metadata }: Manifest): boolean {
  return kind === "Service" && metadata.name !== "echo";
}
