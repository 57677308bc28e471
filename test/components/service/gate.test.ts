import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import type * as pulumi from "@pulumi/pulumi";
import type { GateInputs } from "@sluice/gate";
import { Gate } from "../../../components/service/gate.ts";
import { recordResources } from "../../support/mocks.ts";

const inputs: GateInputs = {
  service: "echo",
  namespace: "default",
  rollout: "echo",
  image: "localhost/echo:1.1.0",
  template: "sha256:new",
  kubeconfig: "kind: Config",
  prometheus: { url: "http://127.0.0.1:9090" },
  steps: [10, 25, 50],
  slis: [{ name: "availability", kind: "availability", limit: 0.02, tolerance: 1.5 }],
  alpha: 0.01,
  beta: 0.05,
  minStepSeconds: 15,
  deadlineSeconds: 600,
  lookSeconds: 5,
  onDeadline: "rollback",
  retry: 0,
};

test("what Pulumi writes into the state is small and holds no secret", async () => {
  const text = await writtenProvider();
  assert.ok(text.length < 5_000, `${text.length} characters`);
  assert.doesNotMatch(text, /kind: Config/);
});

test("read back from the state, the gate checks its inputs and lets unknown ones pass", async () => {
  const { check } = await restoredProvider();
  assert(check !== undefined);
  assert.equal((await check({}, inputs)).failures?.length, 0);
  assert.equal((await check({}, { ...inputs, template: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" })).failures?.length, 0);
  const [failure] = (await check({}, { ...inputs, steps: [25, 10] })).failures ?? [];
  assert.equal(failure?.property, "steps[1]");
});

test("read back from the state, the gate asks for a judgement of another template, and not for one when a cluster's address changes", async () => {
  const { diff } = await restoredProvider();
  assert(diff !== undefined);
  assert.equal((await diff("id", { ...inputs, template: "sha256:old" }, inputs)).changes, true);
  const { kubeconfig: _, prometheus: __, ...outputs } = inputs;
  assert.equal((await diff("id", outputs, { ...inputs, prometheus: { url: "http://127.0.0.1:9999" } })).changes, false);
});

test("a preview of another template tells the plan, also where no Prometheus answers", async () => {
  const lines: string[] = [];
  const { diff } = await restoredProvider((line) => lines.push(line));
  await diff?.("id", { ...inputs, template: "sha256:old" }, inputs);
  assert.match(lines.join("\n"), /plan: 10%, 25%, 50%/);
});

async function writtenProvider(): Promise<string> {
  const resources = await recordResources(() => new Gate("echo", inputs));
  return resources.one("pulumi-nodejs:dynamic/gate:RolloutGate", "echo").__provider;
}

/** As Pulumi's own host of dynamic providers does it, with `print` in the place of the console. */
async function restoredProvider(print: (line: string) => void = () => undefined): Promise<pulumi.dynamic.ResourceProvider> {
  const exports: { handler?: () => pulumi.dynamic.ResourceProvider } = {};
  const surroundings = { exports, require: createRequire(import.meta.url), console: { log: print }, Promise };
  runInNewContext(await writtenProvider(), surroundings);
  assert(exports.handler !== undefined);
  return exports.handler();
}
