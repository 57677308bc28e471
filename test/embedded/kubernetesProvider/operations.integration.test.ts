import assert from "node:assert/strict";
import { test } from "node:test";
import { InitFailed } from "../../../embedded/kubernetesProvider/initFailed.ts";
import { at, type JsonObject, objectAt } from "../../../embedded/kubernetesProvider/json.ts";
import { isSecret, isUnknown, UNKNOWN } from "../../../embedded/kubernetesProvider/propertyValues.ts";
import { read } from "../../../embedded/kubernetesProvider/read.ts";
import { remove } from "../../../embedded/kubernetesProvider/remove.ts";
import { eventually } from "../../support/eventually.ts";
import { startPlatform } from "../../support/platform.ts";
import { operations } from "./support/operations.ts";

const configMap = (name: string, data: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "default", ...metadata },
  data,
});

const deployment = (name: string, more: { metadata?: JsonObject; spec?: JsonObject } = {}): JsonObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace: "default", ...more.metadata },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "main", image: "registry.k8s.io/pause:3.10" }] } },
    ...more.spec,
  },
});

const path = (name: string) => `/api/v1/namespaces/default/configmaps/${name}`;

test("the provider's operations on a real API server", async (t) => {
  const state = await startPlatform(t, { parts: ["kube-controller-manager"] });
  const on = await operations(state.kubeconfig);

  await t.test("creating an object that already exists fails and names the ways out", async () => {
    await on.create(configMap("taken", {}));
    await assert.rejects(on.create(configMap("taken", {})), {
      message: /^create ConfigMap default\/taken: it already exists.*\n.*alias.*\n.*pulumi import/,
    });
  });

  await t.test("a field that the kind does not have is refused in preview, with its name", async () => {
    const misspelled = deployment("misspelled", { spec: { replicaz: 3 } });
    await assert.rejects(on.create(misspelled, { preview: true }), {
      message: /^preview of create Deployment default\/misspelled: fields that apps\/v1 does not have.*\n {2}spec\.replicaz$/,
    });
  });

  await t.test("a value that the API server finds invalid is refused with object, field and reason", async () => {
    const invalid = deployment("invalid", { spec: { replicas: -1 } });
    await assert.rejects(on.create(invalid), {
      message:
        /^create Deployment default\/invalid: the API server finds it invalid:\n {2}spec\.replicas: Invalid value: -1: must be greater/,
    });
  });

  await t.test("an admission policy's refusal is shown in its own words, in preview already", async () => {
    const policies = "admissionregistration.k8s.io/v1";
    await on.create({
      apiVersion: policies,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: "no-gossip" },
      spec: {
        matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["configmaps"] }] },
        validations: [{ expression: "!has(object.data) || !('gossip' in object.data)", message: "no gossip here" }],
      },
    });
    const binding = { policyName: "no-gossip", validationActions: ["Deny"] };
    await on.create({ apiVersion: policies, kind: "ValidatingAdmissionPolicyBinding", metadata: { name: "no-gossip" }, spec: binding });
    const refusal = await eventually("the policy to be in force", () =>
      on.create(configMap("gossip", { gossip: "psst" }), { preview: true }).then(
        () => undefined,
        (error: Error) => error.message,
      ),
    );
    assert.match(
      refusal,
      /^preview of create ConfigMap default\/gossip: .*ValidatingAdmissionPolicy 'no-gossip' .*denied request: no gossip here/s,
    );
  });

  await t.test("an update that would change another manager's field is refused, and says whose field it is and what to do", async () => {
    const created = await on.create(configMap("shared", { a: "1" }));
    await on.update(created, configMap("shared", { a: "1", b: "1" }));
    await on.applyAs("somebody", path("shared"), configMap("shared", { b: "2" }), true);
    await assert.rejects(on.update(created, configMap("shared", { a: "1", b: "3" })), {
      message:
        /^update ConfigMap default\/shared: a field belongs to another.*\n {2}\.data\.b: owned by "somebody"\n.*patchForce.*ignoreChanges/,
    });
    const forced = configMap("shared", { a: "1", b: "3" }, { annotations: { "pulumi.com/patchForce": "true" } });
    assert.equal(at(await on.update(created, forced), "data", "b"), "3");
  });

  await t.test("an ignored field that a controller has taken over stays with it, through update and preview", async () => {
    const service = (more: JsonObject): JsonObject => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "steered", namespace: "default", ...more },
      spec: { selector: { app: "echo" }, ports: [{ port: 80 }] },
    });
    const created = await on.create(service({}));
    const steered = "/api/v1/namespaces/default/services/steered";
    const body = { spec: { selector: { app: "echo", "rollouts-pod-template-hash": "abc" } } };
    await on.cluster.api({
      method: "PATCH",
      path: steered,
      contentType: "application/merge-patch+json",
      query: { fieldManager: "argo" },
      body,
    });

    const changed = service({ labels: { tier: "web" } });
    const ignoreChanges = ["spec.selector"];
    for (const preview of [true, false]) {
      const after = await on.update(created, changed, { ignoreChanges, preview });
      assert.deepEqual(at(after, "spec", "selector"), { app: "echo", "rollouts-pod-template-hash": "abc" });
      assert.equal(at(after, "metadata", "labels", "tier"), "web");
    }
    await assert.rejects(on.update(created, changed), { message: /\.spec\.selector: owned by "argo"/ });
  });

  await t.test("a field dropped from the program goes from the object, also when kubectl or the official plugin created it", async () => {
    const created = await on.create(configMap("shrinking", { a: "1", b: "1" }));
    assert.deepEqual((await on.update(created, configMap("shrinking", { a: "1" }))).data, { a: "1" });

    for (const fieldManager of ["kubectl", "pulumi-kubernetes"]) {
      const found = configMap(`found-by-${fieldManager}`, { a: "1", b: "1" });
      const collection = "/api/v1/namespaces/default/configmaps";
      const properties = await on.cluster.api({ method: "POST", path: collection, query: { fieldManager }, body: found });
      assert.deepEqual((await on.update({ id: "", properties }, { ...found, data: { a: "2" } })).data, { a: "2" });
    }
  });

  await t.test("a field of the program that nobody set is left to others", async () => {
    const created = await on.create(configMap("open", { a: "1" }));
    await on.applyAs("somebody", path("open"), configMap("open", { b: "2" }));
    const after = await on.update(created, configMap("open", { a: "2" }));
    assert.deepEqual(after.data, { a: "2", b: "2" });
  });

  await t.test("a preview of a create writes nothing and knows neither uid nor cluster address", async () => {
    const service = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "ghost", namespace: "default" },
      spec: { ports: [{ port: 80 }] },
    };
    const { id, properties } = await on.create(service, { preview: true });
    assert.equal(id, "");
    assert.ok(isUnknown(at(properties, "metadata", "uid")) && isUnknown(at(properties, "spec", "clusterIP")));
    assert.equal(at(properties, "spec", "type"), "ClusterIP");
    assert.ok((await on.create(service)).id === "default/ghost");
  });

  await t.test("an object with a value that is not known yet is previewed as it is", async () => {
    const unknown = configMap("unknown", { a: UNKNOWN });
    assert.deepEqual((await on.create(unknown, { preview: true })).properties, unknown);
  });

  await t.test("a preview in a namespace that is not there yet lets the object through", async () => {
    const early = configMap("early", {}, { namespace: "coming" });
    assert.deepEqual((await on.create(early, { preview: true })).properties, early);
  });

  await t.test("a Secret's data is secret in its outputs and in the inputs kept beside them", async () => {
    const given = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "password", namespace: "default" },
      stringData: { password: "swordfish" },
    };
    const { properties } = await on.create(given);
    assert.ok(isSecret(properties.data) && isSecret(at(properties, "__inputs", "stringData")));
  });

  await t.test("a Deployment is awaited; a wait that runs out keeps the object and names each pod with its reason", async () => {
    await assert.rejects(on.create(deployment("stuck"), { timeout: 2 }), (error) => {
      assert.ok(error instanceof InitFailed);
      assert.equal(error.id, "default/stuck");
      assert.match(
        error.message,
        /^Deployment default\/stuck was created but did not become ready: gave up after 2 s; 0 of 2 pods ready; pod stuck-/,
      );
      assert.equal(at(error.properties, "__inputs", "spec", "replicas"), 2);
      return true;
    });
    assert.ok(on.shown.some((line) => line.startsWith("waiting: 0 of 2 pods ready; pod stuck-")));
  });

  await t.test("a cancelled wait ends at once and keeps the object", async () => {
    const other = await operations(state.kubeconfig);
    const creating = other.create(deployment("interrupted"), { timeout: 60 });
    await eventually("the wait to begin", async () => other.shown.find((line) => line.startsWith("waiting")));
    other.cancel();
    await assert.rejects(creating, (error) => error instanceof InitFailed && /did not become ready: cancelled/.test(error.message));
  });

  await t.test("the provider's namespace is that of objects that name none", async () => {
    const shop = await operations(state.kubeconfig, { namespace: "shop" });
    const nameless = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
    assert.equal(at(await shop.check(nameless), "metadata", "namespace"), "shop");
    assert.equal(at(await on.check(nameless), "metadata", "namespace"), "default");
    assert.equal(at(await shop.check({ ...nameless, kind: "Namespace" }), "metadata", "namespace"), undefined);
  });

  await t.test("skipAwait does not wait", async () => {
    const { id } = await on.create(deployment("patient", { metadata: { annotations: { "pulumi.com/skipAwait": "true" } } }));
    assert.equal(id, "default/patient");
  });

  await t.test("custom objects follow their definition in one run, in or out of namespaces", async () => {
    const definition = (kind: string, scope: string): JsonObject => ({
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: `${kind.toLowerCase()}s.example.com` },
      spec: {
        group: "example.com",
        scope,
        names: { kind, plural: `${kind.toLowerCase()}s` },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object" } } } },
          },
        ],
      },
    });
    const thing = (kind: string): JsonObject => ({ apiVersion: "example.com/v1", kind, metadata: { name: "one" }, spec: {} });

    const [near, far] = [await on.check(definition("Near", "Namespaced")), await on.check(definition("Far", "Cluster"))];
    const [nearInputs, farInputs] = [await on.check(thing("Near")), await on.check(thing("Far"))];
    assert.equal(at(nearInputs, "metadata", "namespace"), "default");
    assert.equal(at(farInputs, "metadata", "namespace"), undefined);
    assert.deepEqual((await on.create(nearInputs, { preview: true })).properties, nearInputs);

    const [definitionOfNear] = await Promise.all([on.create(near), on.create(far)]);
    assert.deepEqual([(await on.create(nearInputs)).id, (await on.create(farInputs)).id], ["default/one", "one"]);
    const replaced = await on.update(definitionOfNear, {
      ...near,
      spec: { ...objectAt(near, "spec"), names: { kind: "Near", plural: "nears", shortNames: ["nr"] } },
    });
    assert.deepEqual(at(replaced, "spec", "names", "shortNames"), ["nr"]);
  });

  await t.test("a kind that no definition brings is refused, with what to do", async () => {
    const orphan = { apiVersion: "nowhere.example.com/v1", kind: "Orphan", metadata: { name: "x", namespace: "default" } };
    await assert.rejects(on.update({ id: "default/x", properties: {} }, orphan), {
      message:
        /^update Orphan default\/x: the API server does not know Orphan of nowhere\.example\.com\/v1; create its CustomResourceDefinition first/,
    });
  });

  await t.test("a refresh shows drift in the program's fields only", async () => {
    const inputs = configMap("drifting", { a: "1" });
    const { id, properties } = await on.create(inputs);
    const drifted = configMap("drifting", { a: "2", b: "2" });
    await on.applyAs("somebody", path("drifting"), drifted, true);
    const found = await read(on.cluster, { urn: "urn:pulumi:t::t::kubernetes:core/v1:ConfigMap::x", id, properties, inputs });
    assert.deepEqual(found?.inputs, configMap("drifting", { a: "2" }));
    assert.deepEqual(at(found?.properties, "data"), { a: "2", b: "2" });
  });

  await t.test("an import takes the object's own fields as inputs; an object that is gone is not found", async () => {
    await on.create(configMap("imported", { a: "1" }, { labels: { app: "x" } }));
    const urn = "urn:pulumi:t::t::kubernetes:core/v1:ConfigMap::x";
    const found = await read(on.cluster, { urn, id: "default/imported", properties: {}, inputs: {} });
    assert.deepEqual(found?.inputs, configMap("imported", { a: "1" }, { labels: { app: "x" } }));
    assert.equal(await read(on.cluster, { urn, id: "default/nobody", properties: {}, inputs: {} }), undefined);
  });

  await t.test(
    "a delete waits until the object is gone, names the finalizers that hold it, and is done with one that is not there",
    async () => {
      const held = await on.create(configMap("held", {}, { finalizers: ["example.com/keep"] }));
      const request = { urn: "urn", id: held.id, properties: held.properties, timeout: 1 };
      await assert.rejects(remove(on.cluster, request), {
        message: /^delete ConfigMap default\/held: gave up after 1 s; held by finalizers: .*example\.com\/keep/,
      });
      const merge = {
        method: "PATCH",
        path: path("held"),
        contentType: "application/merge-patch+json",
        body: { metadata: { finalizers: null } },
      } as const;
      await on.cluster.api(merge);
      await remove(on.cluster, request);
      await remove(on.cluster, request);
    },
  );
});
