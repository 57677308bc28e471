import assert from "node:assert/strict";
import { test } from "node:test";
import { type HelmValues, helmRelease, overlaid } from "../../components/helm.ts";
import { recordResources } from "../support/mocks.ts";

const source = { repository: "https://charts.example", chart: "thing", version: "1.2.3" };

function released(overrides: HelmValues = {}, repository = source.repository) {
  return recordResources(() =>
    helmRelease("thing", { source: { ...source, repository }, namespace: "apps", values: { size: 1 }, overrides }, {}),
  );
}

test("a release has the exact version, its own name and a deadline, and goes back when it fails", async () => {
  const release = (await released()).one("kubernetes:helm.sh/v3:Release", "thing");
  assert.deepEqual(release.repositoryOpts, { repo: "https://charts.example" });
  const { chart, version, name, atomic, timeout } = release;
  assert.deepEqual(
    { chart, version, name, atomic, timeout },
    { chart: "thing", version: "1.2.3", name: "thing", atomic: true, timeout: 600 },
  );
});

test("a chart in an OCI registry is named by its whole address", async () => {
  const release = (await released({}, "oci://registry.example/charts")).one("kubernetes:helm.sh/v3:Release", "thing");
  assert.equal(release.chart, "oci://registry.example/charts/thing");
  assert.equal(release.repositoryOpts, undefined);
});

test("a user's values are laid over ours", async () => {
  const release = (await released({ size: 2, extra: true })).one("kubernetes:helm.sh/v3:Release", "thing");
  assert.deepEqual(release.values, { size: 2, extra: true });
});

const cases: readonly (readonly [string, HelmValues, HelmValues, HelmValues])[] = [
  ["mappings are merged at every depth", { a: { b: 1, c: { d: 2 } } }, { a: { c: { e: 3 } } }, { a: { b: 1, c: { d: 2, e: 3 } } }],
  ["a list replaces a list", { a: [1, 2] }, { a: [3] }, { a: [3] }],
  ["null takes a value away from the chart's defaults", { a: { b: 1 } }, { a: { b: null } }, { a: { b: null } }],
];
for (const [sentence, base, over, merged] of cases) {
  test(`overlaid: ${sentence}`, () => assert.deepEqual(overlaid(base, over), merged));
}
