// What a gate takes for inputs, and what makes it judge again.
import assert from "node:assert/strict";
import test from "node:test";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { checkInputs, diffInputs, type GateInputs, type GateRecord, GateRefusal, gateOutputs, planOf } from "../../../gate/index.ts";
import { SECRET, world } from "./world.ts";

const inputs: GateInputs = world().inputs;
const record: GateRecord = {
  version: 1,
  ...{ service: "echo", namespace: "default", image: "localhost/echo:1.1.0", template: "sha256:new", revision: "6c", retry: 0 },
  ...{ startedAt: "2026-11-21T12:00:00Z", endedAt: "2026-11-21T12:00:30Z", verdict: "promoted", reason: "" },
  decision: { decision: "advance", look: 0, logE: 0, terms: {}, good: {}, against: {} },
  blind: {},
  evidence: { version: 1, plan: planOf(inputs), looks: [] },
};
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

test("good inputs have no problems", () => {
  assert.deepEqual(checkInputs(inputs), []);
  assert.deepEqual(checkInputs({ ...inputs, prometheus: { service: "monitoring/prometheus:9090" } }), []);
});

test("all problems are told at once, each with its path", () => {
  const problems = checkInputs({
    ...inputs,
    steps: [10, 25, 25],
    slis: [...inputs.slis, { name: "latency", kind: "latency", limit: 2, tolerance: 1.5, thresholdMs: 0 }],
    alpha: 0,
    minStepSeconds: 500,
    onDeadline: "ignore",
    prometheus: { service: "prometheus" },
    image: undefined,
  });
  assert.deepEqual(problems.map(({ property }) => property).sort(), [
    "alpha",
    "image",
    "minStepSeconds",
    "onDeadline",
    "prometheus.service",
    "slis[2].limit",
    "slis[2].thresholdMs",
    "steps[2]",
  ]);
  assert.equal(problems.find(({ property }) => property === "steps[2]")?.reason, "25 is not above the step before it (25)");
});

test("a blue-green rollout has one share of requests that is copied", () => {
  assert.deepEqual(checkInputs({ ...inputs, strategy: "blueGreen", steps: [50] }), []);
  assert.deepEqual(checkInputs({ ...inputs, strategy: "blueGreen", steps: [50, 100] }), [
    { property: "steps", reason: "a blueGreen rollout has one: the share of requests that is copied" },
  ]);
});

test("SLIs of one name are refused", () => {
  const [sli] = inputs.slis;
  assert.deepEqual(checkInputs({ ...inputs, slis: [sli, sli] }), [
    { property: "slis[1].name", reason: '"availability" is already the name of another SLI' },
  ]);
});

test("what Pulumi does not know yet passes, wherever it stands", () => {
  const unknown = {
    kubeconfig: UNKNOWN,
    template: UNKNOWN,
    steps: [10, UNKNOWN],
    prometheus: UNKNOWN,
    slis: [{ ...inputs.slis[0], limit: UNKNOWN }],
    retry: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  };
  assert.deepEqual(checkInputs({ ...inputs, ...unknown }), []);
  assert.deepEqual(checkInputs({ ...inputs, prometheus: { url: UNKNOWN } }), []);
  assert.deepEqual(
    checkInputs({ ...inputs, ...unknown, alpha: 3 }).map(({ property }) => property),
    ["alpha"],
  );
});

test("a problem never quotes the kubeconfig", () => {
  assert.ok(!JSON.stringify(checkInputs({ ...inputs, kubeconfig: { token: SECRET }, alpha: 5 })).includes(SECRET));
});

test("only what is judged makes a difference, not where it is looked up", () => {
  const olds = { ...inputs, record: {}, kubeconfig: "another", prometheus: { url: "http://127.0.0.1:1" } };
  assert.deepEqual(diffInputs(olds, { ...inputs }), []);
  assert.deepEqual(diffInputs(olds, { ...inputs, template: "sha256:x", retry: 1, steps: [...inputs.steps] }), ["template", "retry"]);
});

test("the decision sees the steps, the error rates and the SLIs' limits", () => {
  assert.deepEqual(planOf(inputs), {
    steps: [10, 25, 50],
    alpha: 0.01,
    beta: 0.05,
    minStep: 5,
    slis: [
      { name: "availability", limit: 0.02, tolerance: 1.5 },
      { name: "latency", limit: 0.1, tolerance: 1.5 },
    ],
  });
});

test("the outputs hold neither the kubeconfig nor anything that Pulumi put among the inputs", () => {
  const given = { ...inputs, __provider: "code" };
  const outputs = gateOutputs(given, record);
  assert.deepEqual(
    Object.keys(outputs).sort(),
    [...Object.keys(inputs).filter((key) => key !== "kubeconfig" && key !== "prometheus"), "record"].sort(),
  );
});

test("a refusal is what Pulumi's dynamic provider host keeps in state", () => {
  const refusal = new GateRefusal(inputs, { ...record, verdict: "rolled back", decision: { ...record.decision, logE: null } }, "why");
  const kept = struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(refusal.properties))).toJavaScript();
  assert.deepEqual(struct.Struct.fromJavaScript({ ...refusal.properties }).toJavaScript(), kept);
  assert.deepEqual([refusal.id, refusal.reasons, refusal.message], ["default/echo", ["why"], "why"]);
});
