// Nothing a rollout does may cost a caller a request, on a real Envoy under load.
import assert from "node:assert/strict";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { resourcesDir } from "../../../embedded/mesh/flags.ts";
import { watchRefusals } from "../../../embedded/mesh/refusals.ts";
import { eventually } from "../../support/eventually.ts";
import { type Gateway, startGateway, startPod } from "./gateway.ts";
import { underLoad } from "./load.ts";
import { echoServices, pod, service, split, virtualService } from "./objects.ts";
import { parseSeries, sumOf } from "./series.ts";

let gateway: Gateway;

before(async () => {
  gateway = await startGateway();
});
after(() => gateway.stop());

const routed = (canary: number) => [virtualService(split(canary))];

test("weights that change twenty times fail no request, and each takes effect", async () => {
  const [old, young] = await Promise.all([startPod("old"), startPod("new")]);
  const pods = [pod(old.ip, { hash: "old" }), pod(young.ip, { hash: "new" })];
  await gateway.show({ pods, virtualServices: routed(0) });
  const { failures, total } = await underLoad(gateway, "echo.localhost", async () => {
    for (let step = 1; step <= 20; step++) {
      await gateway.show({ pods, virtualServices: routed(step % 2 === 0 ? 0 : 100) });
      const wanted = step % 2 === 0 ? "old" : "new";
      await eventually(`step ${step} to take effect`, async () => (await gateway.get("echo.localhost")).body === wanted || undefined);
    }
  });
  assert.deepEqual(failures, [], `of ${total}`);
  old.kill();
  young.kill();
});

test("a pod that leaves finishes the requests it has, and no request fails", async () => {
  const stays = await startPod("stays");
  const leaves = await startPod("leaves", (_, response) => void setTimeout(() => response.end("leaves"), 300).unref());
  const present = pod(stays.ip, { hash: "old" });
  await gateway.show({ pods: [present, pod(leaves.ip, { hash: "old" })], virtualServices: routed(0) });
  const { failures, answers } = await underLoad(gateway, "echo.localhost", async () => {
    await eventually("the leaving pod to be at work", async () => leaves.requests.length > 20 || undefined);
    await gateway.show({ pods: [present, pod(leaves.ip, { hash: "old", ending: true })], virtualServices: routed(0) });
    const seen = leaves.requests.length;
    await leaves.drain();
    assert.equal(leaves.requests.length, seen, "a pod that has left got a request");
  });
  assert.deepEqual(failures, []);
  assert.equal(answers.get("200 leaves"), leaves.requests.length);
  stays.kill();
});

test("a Service whose selector moves to another revision fails no request, and no counter goes back", async () => {
  const [old, young] = await Promise.all([startPod("old"), startPod("new")]);
  const pods = [pod(old.ip, { hash: "old" }), pod(young.ip, { hash: "new" })];
  const stableIs = (hash: string) => [...echoServices.slice(0, 1), service("echo-stable", { "rollouts-pod-template-hash": hash })];
  await gateway.show({ pods, services: stableIs("old") });
  const counts: number[] = [];
  const { failures, answers } = await underLoad(gateway, "echo-stable", async () => {
    for (const hash of ["old", "new", "old", "new"]) {
      await gateway.show({ pods, services: stableIs(hash) });
      for (let look = 0; look < 5; look++) {
        await sleep(50);
        const stable = { reporter: "source", destination_service: "echo-stable.default.svc.cluster.local" };
        counts.push(sumOf(parseSeries(await gateway.series()), "envoy_istio_requests_total", stable));
      }
    }
  });
  assert.deepEqual(failures, []);
  assert.deepEqual(
    counts,
    counts.toSorted((a, b) => a - b),
  );
  assert.ok((answers.get("200 old") ?? 0) > 0 && (answers.get("200 new") ?? 0) > 0);
  old.kill();
  young.kill();
});

test("a pod that dies without a word fails at most what it had in hand", async () => {
  const [old, dies] = await Promise.all([startPod("old"), startPod("dies")]);
  const pods = [pod(old.ip, { hash: "old" }), pod(dies.ip, { hash: "old" })];
  await gateway.show({ pods, virtualServices: routed(0) });
  const { failures, answers } = await underLoad(gateway, "echo.localhost", async () => {
    await eventually("the pod to be at work", async () => dies.requests.length > 50 || undefined);
    dies.kill();
    await eventually("requests to go on", async () => old.requests.length > 300 || undefined);
  });
  // Ten callers: no more than ten requests can be at the pod in one moment. Those after it are retried elsewhere.
  assert.ok(failures.length <= 10, `${failures.length} failed: ${failures[0]}`);
  assert.ok((answers.get("200 old") ?? 0) > 250);
  old.kill();
});

test("routes Envoy refuses are noticed, traffic goes on by the routes before, and the next good ones mend it", async () => {
  const old = await startPod("old");
  const pods = [pod(old.ip, { hash: "old" })];
  await gateway.show({ pods, virtualServices: routed(0) });
  const messages: string[] = [];
  const refusals = watchRefusals(gateway.adminPort, (_, message) => messages.push(message));
  const virtualHost = { name: "bad", domains: ["a", "a"], routes: [] };
  const bad = { "@type": "type.googleapis.com/envoy.config.route.v3.RouteConfiguration", name: "mesh", virtual_hosts: [virtualHost] };
  await replaceRoutes({ resources: [bad] });
  const reason = await eventually("the refusal to be noticed", async () => refusals.reason());
  assert.match(reason, /Envoy refused the last update of http\.gateway\.rds\.mesh.* and serves the one before/);
  assert.match(messages[0] ?? "", /its own log says why/);
  assert.equal((await gateway.get("echo.localhost")).status, 200);
  await gateway.show({ pods, virtualServices: routed(1) });
  await eventually("the mending to be noticed", async () => refusals.reason() === undefined || undefined);
  old.kill();
});

async function replaceRoutes(content: object): Promise<void> {
  await writeFile(join(gateway.dir, "bad.tmp"), JSON.stringify(content));
  await rename(join(gateway.dir, "bad.tmp"), join(resourcesDir(gateway.dir), "routes.json"));
}
