// Telling Prometheus, against a server that takes exports, refuses them or never answers.
import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import test, { type TestContext } from "node:test";
import type { Kube, KubeRequest } from "../../../gate/conductor/kube.ts";
import { decide, type Plan } from "../../../gate/index.ts";
import { type Push, pushTo } from "../../../gate/telemetry/push.ts";
import { type Telemetry, telemetryOver } from "../../../gate/telemetry/telemetry.ts";
import { eventually } from "../../support/eventually.ts";
import { serve } from "../../support/server.ts";
import { pointsOf, type ToldPoint } from "./points.ts";

const noKube: Kube = () => Promise.reject(new Error("not asked"));
const plan: Plan = { steps: [10, 50], slis: [{ name: "availability", limit: 0.02 }] };
const of = { namespace: "default", service: "echo", revision: "6c8f" };
const ROLLED_BACK = { verdict: "rolled back", decidedBy: "availability" } as const;

/** A Prometheus that answers every export with `status`. */
async function receiver(t: TestContext, status: number) {
  const taken: string[] = [];
  const types: (string | undefined)[] = [];
  const { url } = await serve(t, async (request, response) => {
    assert.equal(`${request.method} ${request.url}`, "POST /api/v1/otlp/v1/metrics");
    types.push(request.headers["content-type"]);
    taken.push(await text(request));
    response.writeHead(status).end();
  });
  return { url, taken, types };
}

function telling(push: Push | undefined) {
  const notices: string[] = [];
  let now = 1_795_000_000_000;
  const telemetry = telemetryOver({ push, now: () => now++, notice: (line) => notices.push(line) });
  return { telemetry, notices };
}

function find(points: readonly ToldPoint[], name: string): ToldPoint | undefined {
  return points.find((point) => point.name === name);
}

function look(telemetry: Telemetry, step: number): void {
  telemetry.looked(of, { plan, looks: [], decision: decide(plan, []), step, deadline: 0 });
}

test("looks and the verdict are sent as JSON, and the verdict ends the looks' series", async (t) => {
  const { url, taken, types } = await receiver(t, 200);
  const { telemetry, notices } = telling(pushTo({ url: `${url}/` }, noKube));
  look(telemetry, 0);
  await telemetry.ended(of, ROLLED_BACK);
  assert.equal(taken.length, 2);
  assert.deepEqual(new Set(types), new Set(["application/json"]));
  assert.match(
    taken[0] ?? "",
    /"sluice_gate_weight_ratio","gauge":\{"dataPoints":\[\{[^}]*"timeUnixNano":"1795000000000000000".*"asDouble":0\.1/,
  );
  assert.match(taken[1] ?? "", /"stringValue":"rolled back"/);
  assert.match(taken[1] ?? "", /"sluice_gate_weight_ratio","gauge":\{"dataPoints":\[[^\]]*\],"flags":1\}\]/);
  assert.deepEqual(notices, []);
});

test("inside a cluster Prometheus is told through the API server's service proxy", async () => {
  const asked: KubeRequest[] = [];
  const kube: Kube = async (request) => {
    asked.push(request);
    return { status: 200, body: "" };
  };
  const { telemetry } = telling(pushTo({ service: "monitoring/prometheus:9090" }, kube));
  await telemetry.ended(of, ROLLED_BACK);
  assert.deepEqual(
    asked.map(({ method, path }) => `${method} ${path}`),
    ["POST /api/v1/namespaces/monitoring/services/prometheus:9090/proxy/api/v1/otlp/v1/metrics"],
  );
});

for (const [status, remedy] of [
  [404, "--web.enable-otlp-receiver"],
  [403, "no right to `create` on services/proxy"],
  [500, "Prometheus answers 500"],
] as const)
  test(`an answer of ${status} is told once, with what to do about it`, async (t) => {
    const { url, taken } = await receiver(t, status);
    const { telemetry, notices } = telling(pushTo({ url }, noKube));
    look(telemetry, 0);
    await telemetry.ended(of, ROLLED_BACK);
    assert.equal(taken.length, 2, "it is tried again all the same");
    assert.equal(notices.length, 1);
    assert.ok(notices[0]?.includes(remedy), notices[0]);
    assert.ok(notices[0]?.endsWith("Its verdict does not depend on that."), notices[0]);
  });

test("a closed port is told without the address, which may hold a password", async () => {
  const { telemetry, notices } = telling(pushTo({ url: "http://me:secret@127.0.0.1:1" }, noKube));
  await telemetry.ended(of, ROLLED_BACK);
  assert.deepEqual(notices, ["the boards see nothing of this rollout: Prometheus does not answer. Its verdict does not depend on that."]);
});

test("a Prometheus that never answers holds nobody up for more than a second", async () => {
  const signals: AbortSignal[] = [];
  const { telemetry, notices } = telling((_, signal) => {
    signals.push(signal);
    return new Promise(() => undefined);
  });
  const began = performance.now();
  for (let i = 0; i < 100; i++) look(telemetry, 0);
  assert.ok(performance.now() - began < 500, "a look does not wait");
  await telemetry.ended(of, ROLLED_BACK);
  const seconds = (performance.now() - began) / 1000;
  assert.ok(seconds < 2, `took ${seconds} s`);
  assert.match(notices[0] ?? "", /did not answer in 1 s/);
  await eventually("the request is given up", async () => signals[0]?.aborted || undefined, { seconds: 5 });
});

test("looks that come while an export is under way are one export: of the newest, after that one", async () => {
  const sent: (number | string)[] = [];
  const first = Promise.withResolvers<void>();
  const { telemetry } = telling(async (request) => {
    sent.push(find(pointsOf(request), "sluice_gate_step")?.value ?? "verdict");
    if (sent.length === 1) await first.promise;
  });
  look(telemetry, 0);
  await Promise.resolve();
  for (const step of [1, 2, 3]) look(telemetry, step);
  const done = telemetry.ended(of, ROLLED_BACK);
  first.resolve();
  await done;
  assert.deepEqual(sent, [1, 4, "verdict"]);
});

test("without a way to Prometheus nothing is done and nothing is said", async () => {
  const { telemetry, notices } = telling(undefined);
  look(telemetry, 0);
  await telemetry.ended(of, ROLLED_BACK);
  assert.deepEqual(notices, []);
});
