import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Diff, type DiffRequest, diffInputs } from "../../../embedded/kubernetesProvider/diff.ts";
import type { JsonObject } from "../../../embedded/kubernetesProvider/json.ts";
import { AUTONAMED } from "../../../embedded/kubernetesProvider/naming.ts";
import { UNKNOWN } from "../../../embedded/kubernetesProvider/propertyValues.ts";

const diff = (oldInputs: JsonObject, newInputs: JsonObject, more: Partial<DiffRequest> = {}): Diff =>
  diffInputs({ oldInputs, newInputs, namespaced: true, ignoreChanges: [], mutable: { configMaps: false, secrets: false }, ...more });

/** `~path`, `+path`, `-path`; with `!` where it needs a new object. */
const short = ({ changes }: Diff) =>
  changes.map(({ path, kind, replaces }) => `${{ add: "+", delete: "-", update: "~" }[kind]}${path}${replaces ? "!" : ""}`);

const object = (apiVersion: string, kind: string, more: JsonObject, name = "x"): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "default" },
  ...more,
});
const deployment = (spec: JsonObject) => object("apps/v1", "Deployment", { spec });
const service = (spec: JsonObject) => object("v1", "Service", { spec });

interface Case {
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly expected: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  "a changed value in a list is shown by its place": {
    before: service({ ports: [{ port: 80 }, { port: 81 }] }),
    after: service({ ports: [{ port: 80 }, { port: 82 }] }),
    expected: ["~spec.ports[1].port"],
  },
  "added and dropped fields and items are shown as such": {
    before: service({ ports: [{ port: 80 }], type: "ClusterIP" }),
    after: service({ ports: [{ port: 80 }, { port: 81 }], sessionAffinity: "None" }),
    expected: ["+spec.ports[1]", "-spec.type", "+spec.sessionAffinity"],
  },
  "a value that is not known yet is a change": {
    before: service({ type: "ClusterIP" }),
    after: service({ type: UNKNOWN }),
    expected: ["~spec.type"],
  },
  "a null is the same as nothing": { before: service({}), after: service({ type: null }), expected: [] },
  "an amount written in another way is the same amount": {
    before: deployment({ limits: { cpu: "1", memory: "1Gi" } }),
    after: deployment({ limits: { cpu: "1000m", memory: "1024Mi" } }),
    expected: [],
  },
  "elsewhere two ways of writing are two values": {
    before: deployment({ cpu: "1" }),
    after: deployment({ cpu: "1000m" }),
    expected: ["~spec.cpu"],
  },
  "the default namespace is the same as none": {
    before: object("v1", "Service", {}),
    after: { apiVersion: "v1", kind: "Service", metadata: { name: "x" } },
    expected: [],
  },
  "a Secret's stringData is the same as the data it becomes": {
    before: object("v1", "Secret", { stringData: { a: "x" } }),
    after: object("v1", "Secret", { data: { a: "eA==" } }),
    expected: [],
  },
  "another name is another object": {
    before: service({}),
    after: object("v1", "Service", { spec: {} }, "y"),
    expected: ["~metadata.name!"],
  },
  "another kind is another object": { before: service({}), after: { ...service({}), kind: "Thing" }, expected: ["~kind!"] },
  "another version is the same object": {
    before: object("autoscaling/v1", "HorizontalPodAutoscaler", {}),
    after: object("autoscaling/v2", "HorizontalPodAutoscaler", {}),
    expected: ["~apiVersion"],
  },
  "another group is another object": {
    before: object("extensions/v1", "Ingress", {}),
    after: object("networking.k8s.io/v1", "Ingress", {}),
    expected: ["~apiVersion!"],
  },
  "a Deployment's selector cannot change, its replicas can": {
    before: deployment({ selector: { matchLabels: { app: "a" } }, replicas: 1 }),
    after: deployment({ selector: { matchLabels: { app: "b" } }, replicas: 2 }),
    expected: ["~spec.selector.matchLabels.app!", "~spec.replicas"],
  },
  "a Service's clusterIP cannot change": {
    before: service({ clusterIP: "None" }),
    after: service({}),
    expected: ["-spec.clusterIP!"],
  },
  "a Job's template cannot change": {
    before: object("batch/v1", "Job", { spec: { template: { spec: { restartPolicy: "Never" } } } }),
    after: object("batch/v1", "Job", { spec: { template: { spec: { restartPolicy: "OnFailure" } } } }),
    expected: ["~spec.template.spec.restartPolicy!"],
  },
  "a Pod's container cannot be added": {
    before: object("v1", "Pod", { spec: { containers: [{ name: "a", image: "a" }] } }),
    after: object("v1", "Pod", {
      spec: {
        containers: [
          { name: "a", image: "a" },
          { name: "b", image: "b" },
        ],
      },
    }),
    expected: ["+spec.containers[1]!"],
  },
  "a role binding's role cannot change": {
    before: object("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: { name: "a" } }),
    after: object("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: { name: "b" } }),
    expected: ["~roleRef.name!"],
  },
  "a ConfigMap's data is replaced, so that pods see it": {
    before: object("v1", "ConfigMap", { data: { a: "1" } }),
    after: object("v1", "ConfigMap", { data: { a: "2" } }),
    expected: ["~data.a!"],
  },
  "a Rollout of the same name is changed in place, template and all": {
    before: object("argoproj.io/v1alpha1", "Rollout", { spec: { template: { image: "a" }, selector: { app: "a" } } }),
    after: object("argoproj.io/v1alpha1", "Rollout", { spec: { template: { image: "b" }, selector: { app: "b" } } }),
    expected: ["~spec.template.image", "~spec.selector.app"],
  },
};

for (const [sentence, { before, after, expected }] of Object.entries(CASES)) {
  test(sentence, () => assert.deepEqual(short(diff(before, after)).sort(), [...expected].sort()));
}

test("the provider may allow to change ConfigMaps and Secrets in place, but never immutable ones", () => {
  const mutable = { configMaps: true, secrets: true };
  const map = (data: JsonObject, immutable: boolean) => object("v1", "ConfigMap", { data, ...(immutable ? { immutable } : {}) });
  assert.deepEqual(short(diff(map({ a: "1" }, false), map({ a: "2" }, false), { mutable })), ["~data.a"]);
  assert.deepEqual(short(diff(map({ a: "1" }, true), map({ a: "2" }, true), { mutable })), ["~data.a!"]);
});

test("a namespace on an object outside of namespaces is no difference", () => {
  assert.deepEqual(
    short(diff(service({}), { apiVersion: "v1", kind: "Service", metadata: { name: "x" }, spec: {} }, { namespaced: false })),
    [],
  );
});

test("ignored changes are left out, with everything below them", () => {
  const [before, after] = [service({ selector: { app: "a" }, type: "A" }), service({ selector: { app: "b" }, type: "B" })];
  assert.deepEqual(short(diff(before, after, { ignoreChanges: ["spec.selector"] })), ["~spec.type"]);
  assert.deepEqual(short(diff(before, after, { ignoreChanges: ["spec"] })), []);
});

test("a replacement under a fixed name deletes first, one under a generated name creates first", () => {
  const [before, after] = [service({ clusterIP: "10.0.0.1" }), service({ clusterIP: "10.0.0.2" })];
  assert.ok(diff(before, after).deleteBeforeReplace);
  const generated = (inputs: JsonObject): JsonObject => ({ ...inputs, metadata: { name: "x", annotations: { [AUTONAMED]: "true" } } });
  assert.ok(!diff(generated(before), generated(after)).deleteBeforeReplace);
  assert.ok(!diff(before, object("v1", "Service", { spec: {} }, "y")).deleteBeforeReplace);
  assert.ok(!diff(service({ type: "A" }), service({ type: "B" })).deleteBeforeReplace);
});

test("whatever the inputs are, they do not differ from themselves", () => {
  const json = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(json, (value) => {
      const inputs = object("v1", "Service", { spec: JSON.parse(JSON.stringify(value)) });
      assert.deepEqual(short(diff(inputs, inputs)), []);
    }),
  );
});
