import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import type * as pulumi from "@pulumi/pulumi";
import { Gate } from "../../../components/service/gate.ts";
import { RolloutPlan } from "../../../components/service/plan.ts";
import { gateInputs as inputs } from "../../support/gateInputs.ts";
import { type DynamicKind, writtenProvider } from "./written.ts";

for (const kind of [Gate, RolloutPlan]) {
  test(`what Pulumi writes of a ${kind.name} into the state is small and holds no secret`, async () => {
    const text = await writtenProvider(kind);
    assert.ok(text.length < 5_000, `${text.length} characters`);
    assert.doesNotMatch(text, /kind: Config/);
  });
}

test("read back from the state, the gate checks its inputs and lets unknown ones pass", async () => {
  const { check } = await restoredProvider(Gate);
  assert(check !== undefined);
  assert.equal((await check({}, inputs)).failures?.length, 0);
  assert.equal((await check({}, { ...inputs, template: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" })).failures?.length, 0);
  const [failure] = (await check({}, { ...inputs, steps: [25, 10] })).failures ?? [];
  assert.equal(failure?.property, "steps[1]");
});

test("read back from the state, the gate asks for a judgement of another template, and not for one when a cluster's address changes", async () => {
  const { diff } = await restoredProvider(Gate);
  assert(diff !== undefined);
  assert.equal((await diff("id", { ...inputs, template: "sha256:old" }, inputs)).changes, true);
  const { kubeconfig: _, prometheus: __, ...outputs } = inputs;
  assert.equal((await diff("id", outputs, { ...inputs, prometheus: { url: "http://127.0.0.1:9999" } })).changes, false);
});

test("read back from the state, the plan is told for another template, also where no Prometheus answers, and keeps no secret", async () => {
  const lines: string[] = [];
  const { diff, update } = await restoredProvider(RolloutPlan, (line) => lines.push(line));
  await diff?.("id", { ...inputs, template: "sha256:old" }, inputs);
  assert.match(lines.join("\n"), /plan: 10%, 25%, 50%/);
  assert.doesNotMatch(JSON.stringify(await update?.("id", {}, inputs)), /kubeconfig|kind: Config/);
});

/** As Pulumi's own host of dynamic providers does it, with `print` in the place of the console. */
async function restoredProvider(
  kind: DynamicKind,
  print: (line: string) => void = () => undefined,
): Promise<pulumi.dynamic.ResourceProvider> {
  const exports: { handler?: () => pulumi.dynamic.ResourceProvider } = {};
  const surroundings = { exports, require: createRequire(import.meta.url), console: { log: print }, Promise };
  runInNewContext(await writtenProvider(kind), surroundings);
  assert(exports.handler !== undefined);
  return exports.handler();
}
