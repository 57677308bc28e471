import assert from "node:assert/strict";
import { test } from "node:test";
import type * as pulumi from "@pulumi/pulumi";
import {
  CertificateIssuer,
  Certificates,
  ExternalSecrets,
  PolicyEngine,
  SealedSecrets,
  VulnerabilityScanner,
} from "../../../components/security/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };
import { recordResources } from "../../support/mocks.ts";

const namespace = "security";
const { charts } = versions;

async function valuesOf(name: string, program: () => pulumi.ComponentResource) {
  return (await recordResources(program)).one("kubernetes:helm.sh/v3:Release", name).values;
}

test("with more than one replica nothing at the door can be drained away", async () => {
  const values = await valuesOf("kyverno", () => new PolicyEngine("kyverno", { chart: charts.kyverno, namespace, replicas: 3 }));
  assert.equal(values.admissionController.replicas, 3);
  assert.deepEqual(values.admissionController.podDisruptionBudget, { enabled: true });
});

test("a single replica has no budget, which would keep its node from ever being drained", async () => {
  const values = await valuesOf("kyverno", () => new PolicyEngine("kyverno", { chart: charts.kyverno, namespace, replicas: 1 }));
  assert.deepEqual(values.admissionController.podDisruptionBudget, { enabled: false });
});

test("several controllers of External Secrets have one leader", async () => {
  const args = { chart: charts["external-secrets"], namespace, replicas: 2 };
  assert.equal((await valuesOf("secrets", () => new ExternalSecrets("secrets", args))).leaderElect, true);
});

test("the store of secrets comes after the chart that knows what a store is, and not every namespace may use it", async () => {
  const store = { name: "aws", region: "eu-central-1", namespaces: ["apps"] };
  const args = { chart: charts["external-secrets"], namespace, replicas: 2, store };
  const { all, one } = await recordResources(() => new ExternalSecrets("secrets", args));
  const order = all.filter(({ custom }) => custom).map(({ type }) => type);
  assert.deepEqual(order, ["kubernetes:helm.sh/v3:Release", "kubernetes:external-secrets.io/v1:ClusterSecretStore"]);
  const spec = one("kubernetes:external-secrets.io/v1:ClusterSecretStore", "aws").spec;
  assert.deepEqual(spec.conditions, [{ namespaces: ["apps"] }]);
});

test("a user's values win over ours", async () => {
  const args = { chart: charts["sealed-secrets"], namespace, values: { resources: { limits: { memory: "1Gi" } } } };
  const values = await valuesOf("sealed-secrets", () => new SealedSecrets("sealed-secrets", args));
  assert.deepEqual(values.resources, { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "1Gi" } });
});

test("the scanner asks for nothing that the strictest Pod Security level refuses", async () => {
  const args = { chart: charts["trivy-operator"], namespace };
  const values = await valuesOf("trivy", () => new VulnerabilityScanner("trivy", args));
  assert.equal(values.operator.infraAssessmentScannerEnabled, false);
  assert.equal(values.securityContext.runAsNonRoot, true);
});

test("certificates outlive their controller: their definitions are kept when the chart goes", async () => {
  const args = { chart: charts["cert-manager"], namespace, replicas: 2 };
  assert.deepEqual((await valuesOf("cert-manager", () => new Certificates("cert-manager", args))).crds, { enabled: true, keep: true });
});

test("an authority of the cluster's own signs with a root that it makes itself", async () => {
  const { all } = await recordResources(() => new CertificateIssuer("sluice", { namespace, authority: { kind: "own" } }));
  const objects = all.filter(({ custom }) => custom).map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
  assert.deepEqual(objects.sort(), ["Certificate security/sluice-root", "ClusterIssuer sluice", "ClusterIssuer sluice-root"]);
});

test("a public authority asks through the Gateway", async () => {
  const gateway = { name: "public", namespace: "istio-ingress" };
  const authority = { kind: "acme", server: "https://acme.example/directory", email: "ops@example.com", gateway } as const;
  const { one } = await recordResources(() => new CertificateIssuer("sluice", { namespace, authority }));
  const { acme } = one("kubernetes:cert-manager.io/v1:ClusterIssuer", "sluice").spec;
  assert.deepEqual(acme.solvers, [{ http01: { gatewayHTTPRoute: { parentRefs: [{ ...gateway, kind: "Gateway" }] } } }]);
});
