import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { translate } from "../../../embedded/mesh/translate.ts";
import { destinationRule, echoServices, pod, service, snapshot } from "./objects.ts";

const Endpoint = z.object({
  endpoint: z.object({ address: z.object({ socket_address: z.object({ address: z.string(), port_value: z.number() }) }) }),
  metadata: z.object({ filter_metadata: z.object({ "envoy.lb": z.object({ serves: z.array(z.string()) }) }) }),
});
const Shard = z.object({
  resources: z.tuple([z.object({ endpoints: z.tuple([z.object({ lb_endpoints: z.array(Endpoint) })]) })]),
});

/** Who serves what: destination -> addresses, over all shards. */
function served(parts: Parameters<typeof snapshot>[0]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [file, content] of translate(snapshot(parts)).files) {
    if (!file.startsWith("pods-")) continue;
    for (const { endpoint, metadata } of Shard.parse(content).resources[0].endpoints[0].lb_endpoints) {
      const { address, port_value } = endpoint.address.socket_address;
      for (const name of metadata.filter_metadata["envoy.lb"].serves) found[name] = [...(found[name] ?? []), `${address}:${port_value}`];
    }
  }
  return found;
}

const all = "outbound|80||echo.default.svc.cluster.local";
const stable = "outbound|80||echo-stable.default.svc.cluster.local";
const canary = "outbound|80||echo-canary.default.svc.cluster.local";

test("each pod serves the Services that select it, on the port its name means", () => {
  assert.deepEqual(served({ pods: [pod("127.1.0.1", { hash: "old" }), pod("127.1.0.2", { hash: "new" })] }), {
    [all]: ["127.1.0.1:8080", "127.1.0.2:8080"],
    [stable]: ["127.1.0.1:8080"],
    [canary]: ["127.1.0.2:8080"],
  });
});

for (const [what, options] of [
  ["not ready", { hash: "old", ready: false }],
  ["ready but told to end", { hash: "old", ending: true }],
  ["in another namespace", { hash: "old", namespace: "shop" }],
  ["of another app", { hash: "old", labels: { app: "web" } }],
] as const) {
  test(`a pod that is ${what} gets no traffic`, () => assert.deepEqual(served({ pods: [pod("127.1.0.1", options)] }), {}));
}

test("a pod without an address gets no traffic", () => {
  const { podIP, ...status } = pod("127.1.0.1").status ?? {};
  assert.equal(podIP, "127.1.0.1");
  assert.deepEqual(served({ pods: [{ ...pod("127.1.0.1"), status }] }), {});
});

test("a Service that publishes addresses before they are ready sends to pods that are not", () => {
  const early = service("echo", { app: "echo" });
  const services = [{ ...early, spec: { ...early.spec, publishNotReadyAddresses: true } }];
  assert.deepEqual(served({ services, pods: [pod("127.1.0.1", { ready: false })] }), { [all]: ["127.1.0.1:8080"] });
});

test("a Service without a selector, as a canary's is before the first rollout, has no pods", () => {
  assert.deepEqual(served({ services: [service("echo-canary", undefined)], pods: [pod("127.1.0.1")] }), {});
});

test("a Service whose target port no container has sends nothing", () => {
  const services = [
    { ...service("echo", { app: "echo" }), spec: { selector: { app: "echo" }, ports: [{ port: 80, targetPort: "grpc" }] } },
  ];
  assert.deepEqual(served({ services, pods: [pod("127.1.0.1")] }), {});
});

test("a Service's ports are destinations of their own", () => {
  const ports = [
    { name: "a", port: 80, targetPort: 8080 },
    { name: "b", port: 9090 },
  ];
  const services = [{ ...service("echo", { app: "echo" }), spec: { selector: { app: "echo" }, ports } }];
  assert.deepEqual(served({ services, pods: [pod("127.1.0.1")] }), {
    [all]: ["127.1.0.1:8080"],
    "outbound|9090||echo.default.svc.cluster.local": ["127.1.0.1:9090"],
  });
});

test("a subset takes those of the Service's pods that carry its labels", () => {
  const rules = [
    destinationRule({ host: "echo", subsets: [{ name: "new", labels: { "rollouts-pod-template-hash": "new" } }, { name: "any" }] }),
  ];
  const pods = [pod("127.1.0.1", { hash: "old" }), pod("127.1.0.2", { hash: "new" })];
  assert.deepEqual(served({ services: echoServices.slice(0, 1), pods, destinationRules: rules }), {
    [all]: ["127.1.0.1:8080", "127.1.0.2:8080"],
    "outbound|80|any|echo.default.svc.cluster.local": ["127.1.0.1:8080", "127.1.0.2:8080"],
    "outbound|80|new|echo.default.svc.cluster.local": ["127.1.0.2:8080"],
  });
});
