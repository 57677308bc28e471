import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Load, type LoadArgs } from "../../../components/load/index.ts";
import { valueProblems } from "../../infra/helm/problems.ts";
import { recordResources } from "../../support/mocks.ts";
import { args, echo } from "./args.ts";

const JOB = "kubernetes:batch/v1:Job";
const made = (changed: Partial<LoadArgs> = {}, preview = false) =>
  recordResources(() => new Load("k6", { ...args, ...changed }), { preview });
const load = await made();
const release = load.one("kubernetes:helm.sh/v3:Release", "k6");
const job = load.one(JOB, "k6-smoke-echo");
const scripts: Readonly<Record<string, string>> = load.one("kubernetes:core/v1:ConfigMap", "load/load-scripts").data;

test("every value is one of the chart's", () => {
  const { chart, version, values } = release;
  assert.deepEqual(valueProblems({ chart, version, values }), []);
});

test("the operator has rights in its own namespace alone", () => {
  assert.deepEqual([release.values.rbac, release.values.namespace], [{ namespaced: true }, { create: false }]);
});

test("every script is there with all that it imports", () => {
  assert.deepEqual(Object.keys(scripts), ["load.ts", "profiles.ts", "request.ts", "settings.ts", "smoke.ts", "stress.ts"]);
  for (const text of Object.values(scripts)) {
    for (const [, file = ""] of text.matchAll(/from "\.\/(.+)"/g)) assert.ok(file in scripts, file);
  }
});

test("the smoke test asks the service once, for its name, within five minutes, and its failure is not tried again", () => {
  const { activeDeadlineSeconds, backoffLimit, template } = job.spec;
  assert.deepEqual([activeDeadlineSeconds, backoffLimit, template.spec.restartPolicy], [300, 0, "Never"]);
  const [container] = template.spec.containers;
  assert.deepEqual(container.args, ["run", "--quiet", "--tag", "image=localhost/echo:1.0.0", "/scripts/smoke.ts"]);
  assert.deepEqual(container.env, [
    { name: "URL", value: "http://gateway.istio-ingress/" },
    { name: "RATE", value: "1" },
    { name: "HOST", value: "echo.example" },
    { name: "FAILED", value: "0.02" },
  ]);
  assert.deepEqual(
    container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath),
    ["/tmp", "/scripts"],
  );
});

test("a smoke test that failed is asked again by the next up", () => {
  assert.equal(job.metadata.annotations["pulumi.com/replaceUnready"], "true");
});

test("its pod is labelled neither as the service nor by its image, and may do nothing", () => {
  const { metadata, spec } = job.spec.template;
  assert.deepEqual(metadata.labels, { app: "smoke" });
  assert.equal(spec.automountServiceAccountToken, false);
  assert.equal(spec.securityContext.runAsNonRoot, true);
  assert.deepEqual(spec.containers[0].securityContext.capabilities, { drop: ["ALL"] });
});

test("while it is not known what runs, a preview shows no smoke test of something else", async () => {
  // What runs is known only when its rollout has ended. Here an id that an API server gives stands for it.
  const unknown = () => new k8s.core.v1.ConfigMap("unknown").metadata.uid;
  const program = () => new Load("k6", { ...args, smoke: [{ target: echo, image: unknown() }] });
  const { all } = await recordResources(program, { preview: true });
  assert.ok(pulumi.isUnknown(all.find(({ type }) => type === JOB)?.inputs.spec));
});

test("a run is made where it is asked for, after the operator and the scripts", async () => {
  const { one } = await made({ runs: [{ target: echo, profile: "stress", rate: 50, number: 2 }] });
  assert.equal(one("kubernetes:k6.io/v1alpha1:TestRun", "load/echo-stress-2").spec.script.configMap.name, "load-scripts");
  assert.deepEqual(
    load.all.filter(({ type }) => type.includes("TestRun")),
    [],
  );
});

test("kubernetesx is in one file", () => {
  const components = join(import.meta.dirname, "../../../components");
  const files = readdirSync(components, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const users = files.filter((file) => readFileSync(join(components, file), "utf8").includes('from "@pulumi/kubernetesx"'));
  assert.deepEqual(users, ["load/smokeJob.ts"]);
});

test("all that is wrong with runs is told at once", () => {
  const runs = [
    { target: echo, profile: "load", rate: 0, number: 1 },
    { target: echo, profile: "load", rate: 1, number: 0.5 },
  ] as const;
  assert.throws(
    () => new Load("k6", { ...args, runs }),
    (error) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.deepEqual(
        error.errors?.map(({ propertyPath }) => propertyPath),
        ["runs[0].rate", "runs[1].number"],
      );
      return true;
    },
  );
});
