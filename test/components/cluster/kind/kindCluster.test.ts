import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { KindCluster, type KindClusterArgs } from "../../../../components/cluster/kind/index.ts";
import versions from "../../../../infra/versions.json" with { type: "json" };
import { type Recording, recordResources, settled } from "../../../support/mocks.ts";

const COMMAND = "command:local:Command";
const KUBECONFIG = "apiVersion: v1 # secret";
const args: KindClusterArgs = {
  nodes: 2,
  kubernetes: "1.34",
  ports: { http: 8080, https: 8443 },
  registryPort: 5001,
  versions: versions.kind,
  metricsServer: versions.charts["metrics-server"],
  prometheus: { service: "observability/prometheus:9090" },
};

async function made(changed: Partial<KindClusterArgs> = {}): Promise<{ readonly cluster: KindCluster; readonly resources: Recording }> {
  const clusters: KindCluster[] = [];
  const outputsOf = ({ type, name }: pulumi.runtime.MockResourceArgs) =>
    type === COMMAND && name === "dev-kubeconfig" ? { stdout: KUBECONFIG } : {};
  const resources = await recordResources(() => clusters.push(new KindCluster("dev", { ...args, ...changed })), { outputsOf });
  const [cluster] = clusters;
  assert.ok(cluster);
  return { cluster, resources };
}

test("every part belongs to the cluster and is named after it", async () => {
  const { resources } = await made();
  const [component, ...parts] = resources.all;
  assert.equal(component?.type, "sluice:cluster:KindCluster");
  assert.deepEqual(parts.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort(), [
    "Command dev",
    "Command dev-kubeconfig",
    "Command dev-registry",
    "Command dev-registry-connection",
    "ConfigMap dev-registry-hosting",
    "Release dev-metrics-server",
    "kubernetes dev",
  ]);
  for (const { parent } of parts) assert.equal(parent, "sluice:cluster:KindCluster dev");
});

test("the kubeconfig is a secret: for the provider, in no log and in no process' environment", async () => {
  const { cluster, resources } = await made();
  assert.equal(await settled(cluster.kubeconfig), KUBECONFIG);
  assert.equal(await pulumi.isSecret(cluster.kubeconfig), true);
  const provider = resources.all.find(({ type }) => type === "pulumi:providers:kubernetes");
  assert.deepEqual([provider?.inputs.kubeconfig, provider?.secrets], [KUBECONFIG, ["kubeconfig"]]);
  const { logging, addPreviousOutputInEnv } = resources.one(COMMAND, "dev-kubeconfig");
  assert.deepEqual([logging, addPreviousOutputInEnv], ["none", false]);
});

test("whatever is on the cluster goes through its own provider", async () => {
  const { resources } = await made();
  for (const { type, provider } of resources.all.filter(({ type }) => type.startsWith("kubernetes:"))) assert.equal(provider, "dev", type);
});

test("another Kubernetes makes the cluster anew and gives it another identity", async () => {
  const first = await made();
  const second = await made({ kubernetes: "1.35" });
  const of = ({ resources }: { readonly resources: Recording }) => ({
    triggers: resources.one(COMMAND, "dev").triggers,
    mark: resources.one(COMMAND, "dev").environment.MARK,
    identity: resources.one("pulumi:providers:kubernetes", "dev").clusterIdentifier,
  });
  assert.match(of(first).triggers[0], /kindest\/node:v1\.34\.11@sha256:/);
  assert.notDeepEqual(of(first).triggers, of(second).triggers);
  assert.equal(of(first).identity, `dev-${of(first).mark}`);
  assert.notEqual(of(first).mark, of(second).mark);
});

test("destroying it removes the cluster and its registry", async () => {
  const { resources } = await made();
  assert.match(resources.one(COMMAND, "dev").delete, /kind delete cluster --name "\$CLUSTER"/);
  assert.match(resources.one(COMMAND, "dev-registry").delete, /docker rm --force --volumes "\$REGISTRY"/);
});

test("tools find the registry where nodes find it", async () => {
  const { cluster, resources } = await made();
  const { metadata, data } = resources.one("kubernetes:core/v1:ConfigMap", "dev-registry-hosting");
  assert.deepEqual([metadata.namespace, metadata.name], ["kube-public", "local-registry-hosting"]);
  assert.match(data["localRegistryHosting.v1"], /^host: localhost:5001\n/);
  assert.equal(cluster.registry, "localhost:5001");
});

test("services are found below localhost, on the gateway's port of this machine", async () => {
  const { cluster } = await made();
  assert.equal(cluster.hostOf("echo"), "echo.localhost");
  assert.equal(cluster.urlOf("echo"), "http://echo.localhost:8080");
  assert.deepEqual(cluster.offers.loadBalancer, { type: "NodePort", http: 30_080, https: 30_443 });
});

const refused: readonly (readonly [string, Partial<KindClusterArgs>, string, RegExp])[] = [
  ["no nodes", { nodes: 0 }, "nodes", /^0 is not a whole number of at least 1/],
  [
    "a minor version that there is no image of",
    { kubernetes: "1.20" },
    "kubernetes",
    /^"1\.20" has no node image: take one of .*1\.34\.11/,
  ],
  ["no version at all", { kubernetes: "newest" }, "kubernetes", /^"newest" has no node image/],
  ["a port that is none", { registryPort: 70_000 }, "registryPort", /^70000 is not a port/],
  ["one port for two", { ports: { http: 5001, https: 8443 } }, "registryPort", /^5001 is taken by ports\.http/],
];
for (const [what, changed, path, reason] of refused) {
  test(`${what} is refused at ${path}`, async () => {
    await assert.rejects(
      made(changed),
      (error) =>
        pulumi.InputPropertiesError.isInstance(error) &&
        error.errors.length === 1 &&
        error.errors[0]?.propertyPath === path &&
        reason.test(error.errors[0].reason),
    );
  });
}

test("all that is wrong is told at once", async () => {
  const wrong = { nodes: 1.5, kubernetes: "x", registryPort: 0 };
  await assert.rejects(made(wrong), (error) => pulumi.InputPropertiesError.isInstance(error) && error.errors.length === 3);
});
