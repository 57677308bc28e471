import assert from "node:assert/strict";
import { test } from "node:test";
import { type NamespaceProps, namespaceManifests } from "../../../charts/namespaces/index.ts";

const apps: NamespaceProps = {
  name: "apps",
  podSecurity: "restricted",
  mesh: "sidecar",
  egress: "cluster",
  openings: [],
  quota: { cpu: 20, memoryGibibytes: 40, pods: 100 },
};

function policiesOf(props: NamespaceProps) {
  const policies = namespaceManifests(props).filter(({ kind }) => kind === "NetworkPolicy");
  return Object.fromEntries(policies.map(({ metadata, spec }) => [metadata.name, spec]));
}

test("a namespace refuses pods below its level, and warns of all that is not restricted", () => {
  const [namespace] = namespaceManifests({ ...apps, podSecurity: "baseline" });
  assert.deepEqual(namespace?.metadata.labels, {
    "pod-security.kubernetes.io/enforce": "baseline",
    "pod-security.kubernetes.io/warn": "restricted",
    "pod-security.kubernetes.io/audit": "restricted",
    "istio-injection": "enabled",
  });
});

const meshes = [
  ["sidecar", { "istio-injection": "enabled" }],
  ["ambient", { "istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "waypoint", "istio.io/ingress-use-waypoint": "true" }],
  ["none", {}],
] as const;
for (const [mesh, expected] of meshes) {
  test(`a namespace of mesh ${mesh} is labelled as Istio reads it`, () => {
    const labels = namespaceManifests({ ...apps, mesh })[0]?.metadata.labels ?? {};
    assert.deepEqual(Object.fromEntries(Object.entries(labels).filter(([key]) => key.includes("istio"))), expected);
  });
}

test("nothing comes in or goes out that is not stated", () => {
  assert.deepEqual(policiesOf(apps)["default-deny"], { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  assert.deepEqual(Object.keys(policiesOf(apps)), ["default-deny", "within-namespace", "egress"]);
});

test("egress to the cluster is egress to pods, not to the world", () => {
  assert.deepEqual(policiesOf(apps).egress, { podSelector: {}, egress: [{ to: [{ namespaceSelector: {} }] }], policyTypes: ["Egress"] });
});

test("an opening is one port, for pods of the cluster or for anybody", () => {
  const openings = [
    { port: 15012, from: "cluster", to: { app: "istiod" } },
    { port: 9443, from: "anywhere" },
  ] as const;
  const policies = policiesOf({ ...apps, openings });
  assert.deepEqual(policies["open-15012-to-cluster"], {
    podSelector: { matchLabels: { app: "istiod" } },
    ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ protocol: "TCP", port: 15012 }] }],
    policyTypes: ["Ingress"],
  });
  assert.deepEqual(policies["open-9443-to-anywhere"], {
    podSelector: {},
    ingress: [{ ports: [{ protocol: "TCP", port: 9443 }] }],
    policyTypes: ["Ingress"],
  });
});

test("Prometheus may come to every port, from its namespace and no other", () => {
  assert.deepEqual(policiesOf({ ...apps, scrapedFrom: "observability" }).scraping, {
    podSelector: {},
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "observability" } } }] }],
    policyTypes: ["Ingress"],
  });
});

test("a quota is there where it is stated, and containers always have a memory limit", () => {
  const kinds = (props: NamespaceProps) => namespaceManifests(props).map(({ kind }) => kind);
  assert(kinds(apps).includes("ResourceQuota"));
  const { quota: _, ...unlimited } = apps;
  assert(!kinds(unlimited).includes("ResourceQuota"));
  assert(kinds(unlimited).includes("LimitRange"));
});
