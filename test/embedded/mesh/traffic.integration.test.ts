// Where requests go, on a real Envoy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually } from "../../support/eventually.ts";
import { type Gateway, startGateway, startPod, type TestPod } from "./gateway.ts";
import { countBodies } from "./load.ts";
import { destinationRule, echoServices, pod, split, virtualService } from "./objects.ts";

let gateway: Gateway;
let old: TestPod;
let young: TestPod;

before(async () => {
  [gateway, old, young] = await Promise.all([startGateway(), startPod("old"), startPod("new")]);
});
after(async () => {
  old.kill();
  young.kill();
  await gateway.stop();
});

const bothPods = () => [pod(old.ip, { hash: "old" }), pod(young.ip, { hash: "new" })];
const primary = { route: [{ destination: { host: "echo-stable" } }] };
const routed = (...http: object[]) => virtualService({ hosts: ["echo.localhost"], http });

for (const weight of [10, 50]) {
  test(`a weight of ${weight} % sends about that share to the canary`, async () => {
    await gateway.show({ pods: bothPods(), virtualServices: [virtualService(split(weight))] });
    const requests = 2000;
    const canary = (await countBodies(gateway, "echo.localhost", requests)).get("new") ?? 0;
    const share = weight / 100;
    // Five standard deviations: wrong once in two million runs.
    const tolerance = 5 * Math.sqrt(requests * share * (1 - share));
    assert.ok(Math.abs(canary - requests * share) < tolerance, `${canary} of ${requests} went to the canary`);
  });
}

test("a host is served with and without a port, a Service also without a VirtualService", async () => {
  await gateway.show({ pods: bothPods(), virtualServices: [virtualService(split(0))] });
  for (const host of ["echo.localhost", "echo.localhost:8080", "echo", "echo.default.svc.cluster.local:80"]) {
    assert.deepEqual(await gateway.get(host), { status: 200, body: "old" }, host);
  }
  assert.deepEqual(await gateway.get("echo-canary.default.svc.cluster.local"), { status: 200, body: "new" });
});

test("an unknown host gets 404 and is told so", async () => {
  const { status, body } = await gateway.get("nobody.localhost", "/a");
  assert.equal(status, 404);
  assert.match(body, /no VirtualService or Service of the embedded mesh takes GET \/a for host nobody\.localhost/);
});

test("a pod that is not ready, or told to end, gets nothing, and gets its share once it is ready", async () => {
  const others = [pod(old.ip, { hash: "old" })];
  for (const state of [{ ready: false }, { ending: true }]) {
    await gateway.show({ pods: [...others, pod(young.ip, state)], virtualServices: [] });
    assert.deepEqual([...(await countBodies(gateway, "echo", 100)).keys()], ["old"]);
  }
  await gateway.show({ pods: [...others, pod(young.ip)], virtualServices: [] });
  assert.deepEqual([...(await countBodies(gateway, "echo", 200)).keys()].sort(), ["new", "old"]);
});

test("a destination without a ready pod answers 503", async () => {
  await gateway.show({ pods: [], virtualServices: [virtualService(split(0))] });
  assert.equal((await gateway.get("echo.localhost")).status, 503);
});

test("a header sends a request to the canary, others stay on stable", async () => {
  const match = [{ headers: { "x-canary": { exact: "yes" } } }];
  const canary = { match, route: [{ destination: { host: "echo-canary" } }] };
  await gateway.show({ pods: bothPods(), virtualServices: [routed(canary, primary)] });
  assert.equal((await gateway.get("echo.localhost", "/", { "x-canary": "yes" })).body, "new");
  assert.equal((await gateway.get("echo.localhost", "/", { "x-canary": "no" })).body, "old");
  assert.equal((await gateway.get("echo.localhost")).body, "old");
});

test("a subset of a DestinationRule takes its pods only", async () => {
  const rule = destinationRule({ host: "echo", subsets: [{ name: "new", labels: { "rollouts-pod-template-hash": "new" } }] });
  const toSubset = { route: [{ destination: { host: "echo", subset: "new" } }] };
  await gateway.show({ pods: bothPods(), destinationRules: [rule], virtualServices: [routed(toSubset)] });
  assert.deepEqual([...(await countBodies(gateway, "echo.localhost", 100))], [["new", 100]]);
});

test("a mirrored request reaches the mirror's pod under its Service's name, and the caller sees only the first answer", async () => {
  await gateway.show({ pods: bothPods(), virtualServices: [routed({ ...primary, mirror: { host: "echo-canary" } })] });
  const before = young.requests.length;
  assert.deepEqual(await gateway.get("echo.localhost", "/mirrored"), { status: 200, body: "old" });
  const copy = await eventually("the copy to arrive", async () => young.requests[before]);
  assert.equal(copy.url, "/mirrored");
  assert.equal(copy.headers.host, "echo-canary.default.svc.cluster.local");
});

test("a mirror of another's percentage copies about that share", async () => {
  const mirror = { mirror: { host: "echo-canary" }, mirrorPercentage: { value: 20 } };
  await gateway.show({ pods: bothPods(), virtualServices: [routed({ ...primary, ...mirror })] });
  const before = young.requests.length;
  await countBodies(gateway, "echo.localhost", 1000);
  const copies = await eventually("copies to arrive", async () =>
    young.requests.length - before > 130 ? young.requests.length - before : undefined,
  );
  assert.ok(copies < 270, `${copies} of 1000 were copied`);
});

test("a rewrite changes what the pod sees, a redirect what the caller does", async () => {
  const rewritten = { match: [{ uri: { prefix: "/old/" } }], rewrite: { uri: "/new/", authority: "inner" }, ...primary };
  const gone = { match: [{ uri: { exact: "/gone" } }], redirect: { uri: "/here", redirectCode: 307 } };
  await gateway.show({ pods: bothPods(), virtualServices: [routed(rewritten, gone, primary)] });
  await gateway.get("echo.localhost", "/old/a?b=1");
  const seen = old.requests.at(-1);
  assert.deepEqual([seen?.url, seen?.headers.host], ["/new/a?b=1", "inner"]);
  assert.equal((await gateway.get("echo.localhost", "/gone")).status, 307);
});

test("a request that takes longer than its time-out gets 504", async () => {
  const slow = await startPod("slow", (_, response) => void setTimeout(() => response.end("late"), 500).unref());
  await gateway.show({ pods: [pod(slow.ip, { hash: "old" })], virtualServices: [routed({ ...primary, timeout: "100ms" })] });
  assert.equal((await gateway.get("echo.localhost")).status, 504);
  slow.kill();
});

test("a pod that refuses connections costs no request: another pod takes it", async () => {
  const dead = await startPod("dead");
  dead.kill();
  await gateway.show({ pods: [...bothPods(), pod(dead.ip)], services: echoServices });
  const bodies = await countBodies(gateway, "echo", 300);
  assert.equal((bodies.get("old") ?? 0) + (bodies.get("new") ?? 0), 300);
});

test("retries of statuses are made when asked for, and only then", async () => {
  let calls = 0;
  const failing = await startPod("failing", (_, response) => {
    calls++;
    response.writeHead(500).end("no");
  });
  const pods = [pod(failing.ip, { hash: "old" })];
  await gateway.show({ pods, virtualServices: [routed({ ...primary, retries: { attempts: 3, retryOn: "5xx" } })] });
  assert.equal((await gateway.get("echo.localhost")).status, 500);
  assert.equal(calls, 4);
  await gateway.show({ pods, virtualServices: [routed(primary)] });
  assert.equal((await gateway.get("echo.localhost")).status, 500);
  assert.equal(calls, 5);
  failing.kill();
});
