import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { at, type JsonObject } from "../../../embedded/kubernetesProvider/json.ts";
import { startPlatform } from "../../support/platform.ts";
import { operations } from "./support/operations.ts";
import { newStack, type Run } from "./support/stack.ts";

const succeeded = ({ exitCode, output }: Run) => assert.equal(exitCode, 0, output);

const failedWith = ({ exitCode, output }: Run, expected: RegExp) => {
  assert.notEqual(exitCode, 0);
  assert.match(output, expected);
};

/** A program of one object per way of handling: named here, named by the program, secret, of a custom kind. */
const shop = (size: number) => `
const settings = new k8s.core.v1.ConfigMap("settings", { data: { size: "${size}" } }, opts);
new k8s.core.v1.ConfigMap("named", { metadata: { name: "named" }, data: { size: "${size}" } }, opts);
const service = new k8s.core.v1.Service("shop", { metadata: { name: "shop" }, spec: { selector: { app: "shop" }, ports: [{ port: ${80 + size} }] } }, opts);
new k8s.core.v1.Secret("door", { metadata: { name: "door" }, stringData: { key: "open-sesame", from: pulumi.secret("nobody-knows") } }, opts);
const kind = new k8s.apiextensions.v1.CustomResourceDefinition("things", {
  metadata: { name: "things.example.com" },
  spec: {
    group: "example.com", scope: "Namespaced", names: { kind: "Thing", plural: "things" },
    versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object", x_kubernetes_preserve_unknown_fields: true } } } } }],
  },
}, opts);
new k8s.apiextensions.CustomResource("thing", {
  apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "thing" },
  spec: { size: ${size}, settings: settings.metadata.name, address: service.spec.clusterIP, password: pulumi.secret("nobody-knows") },
}, { ...opts, dependsOn: kind });
export const address = service.spec.clusterIP;
export const uid = service.metadata.uid;
`;

test("a program under the real engine", async (t) => {
  const state = await startPlatform(t, { parts: ["kube-controller-manager"] });
  const { cluster } = await operations(state.kubeconfig);
  const stack = await newStack(t, state.kubeconfig);
  const get = (path: string): Promise<JsonObject> => cluster.api({ method: "GET", path });

  await t.test("preview plans every object, though the custom kind is not there yet", async () => {
    await stack.write(shop(1));
    const planned = await stack.planned();
    for (const name of ["settings", "named", "shop", "door", "things", "thing"]) assert.equal(planned[name], "create", name);
  });

  await t.test("up creates them, named by the official rule, and a second preview plans nothing", async () => {
    succeeded(await stack.pulumi("up", "--skip-preview"));
    const maps = await get("/api/v1/namespaces/default/configmaps");
    assert.match(JSON.stringify(maps), /"settings-[0-9a-f]{8}"/);
    assert.deepEqual(await stack.planned(), {});
  });

  await t.test("no secret stands in the state in plain text, not even the kubeconfig", async () => {
    const exported = await stack.exported();
    const token = /token: (\S+)/.exec(await readFile(state.kubeconfig, "utf8"))?.[1];
    assert.ok(token !== undefined && exported.includes('"ciphertext"'));
    for (const text of ["open-sesame", "nobody-knows", btoa("open-sesame"), btoa("nobody-knows"), token])
      assert.ok(!exported.includes(text), text);
  });

  await t.test("a change is shown by property, and only what cannot be changed in place is replaced", async () => {
    await stack.write(shop(2));
    const { output } = await stack.pulumi("preview", "--diff");
    assert.match(output, /~ port: 81 => 82/);
    assert.match(output, /~ size +: 1 => 2/);
    const planned = await stack.planned();
    assert.equal(planned.shop, "update");
    assert.equal(planned.thing, "update");
    assert.match(planned.settings ?? "", /replace/);
    const before = await get("/api/v1/namespaces/default/configmaps/named");
    succeeded(await stack.pulumi("up", "--skip-preview"));
    const after = await get("/api/v1/namespaces/default/configmaps/named");
    assert.equal(at(after, "data", "size"), "2");
    assert.notEqual(at(before, "metadata", "uid"), at(after, "metadata", "uid"), "a fixed name: deleted, then created");
    assert.deepEqual(await stack.planned(), {});
  });

  await t.test("drift shows after a refresh, and up takes it back", async () => {
    const path = "/apis/example.com/v1/namespaces/default/things/thing";
    const contentType = "application/merge-patch+json";
    const drift = { spec: { size: 7, unasked: true } };
    await cluster.api({ method: "PATCH", path, contentType, query: { fieldManager: "pulumi-kubernetes" }, body: drift });
    assert.deepEqual(await stack.planned(), {});
    succeeded(await stack.pulumi("refresh", "--skip-preview"));
    assert.deepEqual(await stack.planned(), { thing: "update" });
    succeeded(await stack.pulumi("up", "--skip-preview"));
    assert.equal(at(await get(path), "spec", "size"), 2);
  });

  await t.test("destroy leaves nothing", async () => {
    succeeded(await stack.pulumi("destroy", "--skip-preview"));
    const maps = await get("/api/v1/namespaces/default/configmaps");
    assert.doesNotMatch(JSON.stringify(maps), /settings-|"named"/);
  });

  await t.test("a field that a controller writes stays the controller's, when the program ignores its changes", async () => {
    const program = (tier: string) => `
new k8s.core.v1.Service("steered", {
  metadata: { name: "steered", labels: { tier: "${tier}" } },
  spec: { selector: { app: "echo" }, ports: [{ port: 80 }] },
}, { ...opts, ignoreChanges: ["spec.selector"] });`;
    await stack.write(program("a"));
    succeeded(await stack.pulumi("up", "--skip-preview"));
    const path = "/api/v1/namespaces/default/services/steered";
    const body = { spec: { selector: { "rollouts-pod-template-hash": "abc" } } };
    await cluster.api({ method: "PATCH", path, contentType: "application/merge-patch+json", query: { fieldManager: "argo" }, body });

    await stack.write(program("b"));
    succeeded(await stack.pulumi("up"));
    succeeded(await stack.pulumi("refresh", "--skip-preview"));
    assert.deepEqual(await stack.planned(), {});
    const live = await get(path);
    assert.deepEqual(at(live, "spec", "selector"), { app: "echo", "rollouts-pod-template-hash": "abc" });
    assert.equal(at(live, "metadata", "labels", "tier"), "b");
    succeeded(await stack.pulumi("destroy", "--skip-preview"));
  });

  await t.test("a core kind under a type without a group is refused as the official plugin does", async () => {
    await stack.write(`new k8s.apiextensions.CustomResource("bare", { apiVersion: "v1", kind: "Service", spec: {} }, opts);`);
    failedWith(await stack.pulumi("preview"), /kubernetes:v1:Service: apiVersion does not have both a group and a version: "v1"/);
  });

  await t.test("what only the official plugin does is refused by name", async () => {
    await stack.write(`new k8s.helm.v3.Release("chart", { chart: "redis" }, opts);`);
    failedWith(await stack.pulumi("preview"), /Helm charts and releases need the official Kubernetes plugin/);
  });

  await t.test("an object that does not get ready fails the run with its pods' reasons, stays in state, and is awaited again", async () => {
    await stack.write(`
new k8s.apps.v1.Deployment("slow", {
  metadata: { name: "slow", annotations: { "pulumi.com/timeoutSeconds": "2" } },
  spec: { selector: { matchLabels: { app: "slow" } }, template: { metadata: { labels: { app: "slow" } }, spec: { containers: [{ name: "main", image: "registry.k8s.io/pause:3.10" }] } } },
}, opts);`);
    failedWith(
      await stack.pulumi("up", "--skip-preview"),
      /Deployment default\/slow was created but did not become ready[\s\S]*0 of 1 pods ready[\s\S]*pod slow-/,
    );
    assert.match(await stack.exported(), /"initErrors"/);
    failedWith(await stack.pulumi("up", "--skip-preview"), /Deployment default\/slow was updated but did not become ready/);
    succeeded(await stack.pulumi("destroy", "--skip-preview"));
  });

  await t.test("an existing object is imported, and then nothing is left to change", async () => {
    const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "foundling" }, data: { a: "1" } };
    await cluster.api({ method: "POST", path: "/api/v1/namespaces/default/configmaps", body });
    await stack.write(
      `new k8s.core.v1.ConfigMap("foundling", { metadata: { name: "foundling", namespace: "default" }, data: { a: "1" } }, { ...opts, import: "default/foundling" });`,
    );
    succeeded(await stack.pulumi("up", "--skip-preview"));
    assert.deepEqual(await stack.planned(), {});
    succeeded(await stack.pulumi("destroy", "--skip-preview"));
  });
});
