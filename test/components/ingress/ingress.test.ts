import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { IstioIngress, istioIngressIdentity, KongIngress, kongIngressIdentity } from "../../../components/ingress/index.ts";
import { valueProblems } from "../../infra/helm/problems.ts";
import { recordResources } from "../../support/mocks.ts";
import { istioArgs, kongArgs, NODE_PORTS } from "./args.ts";

const RELEASE = "kubernetes:helm.sh/v3:Release";

async function istioValues(changes: Parameters<typeof istioArgs>[0] = {}) {
  return (await recordResources(() => new IstioIngress("gateway", istioArgs(changes)))).one(RELEASE, "gateway").values;
}

async function kongValues(changes: Parameters<typeof kongArgs>[0] = {}) {
  return (await recordResources(() => new KongIngress("kong", kongArgs(changes)))).one(RELEASE, "kong").values;
}

test("a load balancer shows the world two ports, to the callers it is for", async () => {
  const { service } = await istioValues({ callers: ["203.0.113.0/24"] });
  assert.deepEqual(
    service.ports.map(({ port }: { port: number }) => port),
    [80, 443],
  );
  assert.equal(service.loadBalancerClass, "service.k8s.aws/nlb");
  assert.deepEqual(service.loadBalancerSourceRanges, ["203.0.113.0/24"]);
});

test("on a laptop the way in are ports of the node", async () => {
  const { service } = await istioValues({ exposure: NODE_PORTS });
  assert.equal(service.type, "NodePort");
  assert.deepEqual(
    service.ports.map(({ nodePort }: { nodePort: number }) => nodePort),
    [30_080, 30_443],
  );
  const { gateway } = await kongValues({ exposure: NODE_PORTS });
  assert.deepEqual(gateway.proxy, { type: "NodePort", http: { nodePort: 30_080 }, tls: { nodePort: 30_443 } });
});

test("of several copies one is drained away at a time; a single one has no budget, which would keep its node for ever", async () => {
  assert.deepEqual((await istioValues({ replicas: 2 })).podDisruptionBudget, { maxUnavailable: 1 });
  assert.equal((await istioValues({ replicas: 1 })).podDisruptionBudget, undefined);
  assert.deepEqual((await kongValues({ replicas: 1 })).gateway.podDisruptionBudget, { enabled: false });
});

test("copies are scaled only where a most is given", async () => {
  assert.deepEqual((await istioValues({ replicas: 2 })).autoscaling, { enabled: false });
  assert.deepEqual((await istioValues({ replicas: 2, maxReplicas: 6 })).autoscaling, { enabled: true, minReplicas: 2, maxReplicas: 6 });
});

test("what a VirtualService has to name is told, and who calls services from here", async () => {
  await recordResources(() => {
    const ingress = new IstioIngress("gateway", istioArgs());
    assert.equal(ingress.gateway, "ingress/gateway");
    assert.deepEqual(ingress.plainGateway, { name: "gateway-http", namespace: "ingress" });
    assert.deepEqual(ingress.identity, istioIngressIdentity("gateway", "ingress"));
  });
  assert.deepEqual(kongIngressIdentity("kong", "ingress"), { namespace: "ingress", serviceAccount: "kong-gateway" });
});

test("without TLS there is no second port, and no certificate to be told of", async () => {
  await recordResources(() => {
    const ingress = new IstioIngress("gateway", istioArgs({ tls: "none" }));
    assert.equal(ingress.plainGateway, undefined);
    assert.deepEqual(
      ingress.alerts.map(({ name }) => name),
      ["IngressDown", "IngressErrors"],
    );
  });
});

test("Kong's way out leads through the mesh, its way in does not", async () => {
  const sidecar = (await kongValues({ mesh: "sidecar" })).gateway;
  assert.deepEqual(sidecar.podLabels, { "sidecar.istio.io/inject": "true" });
  const ambient = (await kongValues({ mesh: "ambient" })).gateway;
  assert.deepEqual(ambient.podLabels, { "istio.io/dataplane-mode": "ambient" });
  assert.deepEqual(ambient.podAnnotations, { "ambient.istio.io/bypass-inbound-capture": "true" });
});

test("nobody reaches Kong's own consoles", async () => {
  const { gateway } = await kongValues();
  assert.deepEqual([gateway.manager, gateway.portal, gateway.portalapi], [{ enabled: false }, { enabled: false }, { enabled: false }]);
});

test("every child belongs to its ingress, and objects come after what serves them", async () => {
  for (const program of [() => new IstioIngress("i", istioArgs()), () => new KongIngress("i", kongArgs())]) {
    const { all } = await recordResources(program);
    const children = all.filter(({ type }) => !type.startsWith("sluice:"));
    assert.ok(children.length > 1 && children.every(({ parent }) => /^sluice:ingress:\w+Ingress i$/.test(parent ?? "")));
    assert.equal(children[0]?.type, RELEASE);
  }
});

test("every value that is set is one of its chart's, whichever way in", async () => {
  const ways = [
    () => new IstioIngress("i", istioArgs({ maxReplicas: 4 })),
    () => new IstioIngress("i", istioArgs({ exposure: NODE_PORTS })),
    () => new KongIngress("i", kongArgs()),
    () => new KongIngress("i", kongArgs({ exposure: NODE_PORTS, mesh: "ambient" })),
  ];
  for (const way of ways) {
    const { chart, version, values } = (await recordResources(way)).one(RELEASE, "i");
    assert.deepEqual(valueProblems({ chart, version, values }), []);
  }
});

test("a user's values win over ours", async () => {
  assert.equal((await istioValues({ values: { replicaCount: 7 } })).replicaCount, 7);
});

const refused: readonly (readonly [string, () => unknown, RegExp])[] = [
  ["no copies", () => new IstioIngress("i", istioArgs({ replicas: 0 })), /replicas: 0 is not a whole number/],
  [
    "a most below the least",
    () => new IstioIngress("i", istioArgs({ replicas: 3, maxReplicas: 2 })),
    /maxReplicas: 2 is less than replicas \(3\)/,
  ],
  ["no names", () => new IstioIngress("i", istioArgs({ hosts: [] })), /hosts: empty/],
  ["no namespaces", () => new IstioIngress("i", istioArgs({ from: [] })), /from: empty/],
  [
    "a link for a name",
    () => new IstioIngress("i", istioArgs({ hosts: ["https://a.example"] })),
    /hosts: "https:\/\/a\.example" is not a host name/,
  ],
  [
    "an address for a block",
    () => new IstioIngress("i", istioArgs({ callers: ["203.0.113.1"] })),
    /callers: "203\.0\.113\.1" is not a block/,
  ],
  [
    "a port that no node opens",
    () => new KongIngress("i", kongArgs({ exposure: { ...NODE_PORTS, http: 80 } })),
    /exposure\.http: 80 is not a port/,
  ],
  [
    "callers of node ports",
    () => new KongIngress("i", kongArgs({ exposure: NODE_PORTS, callers: ["203.0.113.0/24"] })),
    /callers: given, but ports of nodes/,
  ],
  [
    "a limit that limits nothing",
    () => new KongIngress("i", kongArgs({ routes: [{ service: "a", namespace: "b", host: "a.example", rateLimit: { of: "caller" } }] })),
    /routes\[0\]\.rateLimit: limits nothing/,
  ],
  [
    "a limit of half a request",
    () =>
      new KongIngress(
        "i",
        kongArgs({ routes: [{ service: "a", namespace: "b", host: "a.example", rateLimit: { of: "caller", perMinute: 0.5 } }] }),
      ),
    /routes\[0\]\.rateLimit: 0\.5 is not/,
  ],
];
for (const [sentence, make, message] of refused)
  test(`refused: ${sentence}`, () => {
    assert.throws(make, (error) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      const [problem] = error.errors;
      assert.equal(error.errors.length, 1);
      assert.match(`${problem?.propertyPath}: ${problem?.reason}`, message);
      return true;
    });
  });
