import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { Chaos, type ChaosArgs } from "../../../components/chaos/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };
import { valueProblems } from "../../infra/helm/problems.ts";
import { recordResources } from "../../support/mocks.ts";
import { args } from "./args.ts";

const made = (changed: Partial<ChaosArgs> = {}) => recordResources(() => new Chaos("litmus", { ...args, ...changed }));
const chaos = await made();
const release = chaos.one("kubernetes:helm.sh/v3:Release", "litmus");

test("every value is one of the chart's", () => {
  const { chart, version, values } = release;
  assert.deepEqual(valueProblems({ chart, version, values }), []);
});

test("the experiments are of the operator's version", () => {
  assert.ok(args.image.endsWith(`:${versions.charts["litmus-core"].version}`), args.image);
});

test("nothing is told to the vendor, and the exporter is scraped by our monitor and not by the chart's", () => {
  const { policies, exporter } = release.values;
  assert.deepEqual([policies.monitoring.disabled, exporter.enabled, exporter.serviceMonitor.enabled], [true, true, false]);
  const monitor = chaos.one("kubernetes:monitoring.coreos.com/v1:PodMonitor", "chaos/litmus-exporter");
  assert.deepEqual(monitor.spec.podMetricsEndpoints, [{ portNumber: 8080, path: "/metrics" }]);
});

test("every object belongs to the component", () => {
  const [, ...children] = chaos.all;
  for (const { parent } of children) assert.equal(parent, "sluice:chaos:Chaos litmus");
});

test("a fault that is left out is not there, nor is anybody who may do it", async () => {
  const { all } = await made({ faults: ["pod-delete"] });
  assert.deepEqual(
    all.filter(({ name }) => /cpu-hog|latency/.test(name)),
    [],
  );
});

const [target] = args.targets;
const refused: readonly (readonly [string, Partial<ChaosArgs>, readonly string[]])[] = [
  ["a part without a fault", { faults: [] }, ["faults"]],
  ["a service without an objective", { targets: [{ service: "echo", namespace: "apps", objectives: [] }] }, ["targets[0].objectives"]],
  [
    "a service beside the experiments",
    { targets: [{ service: "echo", objectives: target?.objectives ?? [], namespace: "chaos" }] },
    ["targets[0].namespace"],
  ],
];
for (const [what, changed, paths] of refused) {
  test(`${what} is refused`, () => {
    assert.throws(
      () => new Chaos("litmus", { ...args, ...changed }),
      (error) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.deepEqual(
          error.errors?.map(({ propertyPath }) => propertyPath),
          paths,
        );
        return true;
      },
    );
  });
}
