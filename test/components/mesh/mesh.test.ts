import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { LATENCY_BUCKETS } from "../../../charts/mesh/index.ts";
import { Mesh, type MeshArgs } from "../../../components/mesh/index.ts";
import { meshOf } from "../../charts/mesh/world.ts";
import { valueProblems } from "../../infra/helm/problems.ts";
import { recordResources } from "../../support/mocks.ts";
import { meshArgs } from "./args.ts";

const RELEASE = "kubernetes:helm.sh/v3:Release";

function created(changes: Partial<MeshArgs> = {}) {
  return recordResources(() => new Mesh("mesh", meshArgs(changes)));
}

async function istiodValues(changes: Partial<MeshArgs> = {}) {
  return (await created(changes)).one(RELEASE, "mesh-istiod").values;
}

test("Istio's charts are installed into istio-system, the node proxies in ambient mode only", async () => {
  const releases = async (mode: MeshArgs["mode"]) => {
    const { all } = await created({ mode });
    const releases = all.filter(({ type }) => type === RELEASE);
    return releases.map(({ inputs }) => `${inputs.namespace} ${inputs.chart} ${inputs.version}`).sort();
  };
  const sidecar = ["istio-system base 1.30.3", "istio-system cni 1.30.3", "istio-system istiod 1.30.3"];
  assert.deepEqual(await releases("sidecar"), sidecar);
  assert.deepEqual(await releases("ambient"), [...sidecar, "istio-system ztunnel 1.30.3"]);
});

for (const mode of ["sidecar", "ambient"] as const)
  test(`${mode}: every value that is set is one of its chart's`, async () => {
    const { all } = await created({ mode });
    const releases = all
      .filter(({ type }) => type === RELEASE)
      .map(({ inputs: { chart, version, values } }) => ({ chart, version, values }));
    assert.deepEqual(releases.flatMap(valueProblems), []);
  });

test("every child belongs to the mesh", async () => {
  const { all } = await created({ mode: "ambient" });
  const others = all.filter(({ type }) => type !== "sluice:mesh:Mesh");
  assert.deepEqual(new Set(others.map(({ parent }) => parent)), new Set(["sluice:mesh:Mesh mesh"]));
});

test("objects of the mesh come after what knows their kinds", async () => {
  const { all } = await created();
  const firstObject = all.findIndex(({ type }) => type.includes("istio.io"));
  const lastRelease = all.findLastIndex(({ type }) => type === RELEASE);
  assert.ok(lastRelease < firstObject);
});

test("proxies call nothing outside the cluster that is not named", async () => {
  assert.deepEqual((await istiodValues()).meshConfig.outboundTrafficPolicy, { mode: "REGISTRY_ONLY" });
});

test("every injected proxy counts latencies by the bounds that objectives are written by", async () => {
  assert.deepEqual((await istiodValues()).sidecarInjectorWebhook.injectedAnnotations, LATENCY_BUCKETS);
});

test("pods in the mesh meet the strictest Pod Security level: no proxy changes its pod's network, each has a seccomp profile", async () => {
  const { cni, global } = await istiodValues();
  assert.deepEqual(cni, { enabled: true });
  assert.deepEqual(global.proxy.seccompProfile, { type: "RuntimeDefault" });
});

test("the providers that telemetry names are there", async () => {
  const names = (await istiodValues()).meshConfig.extensionProviders.map(({ name }: { name: string }) => name);
  assert.deepEqual(names, ["access-log", "traces"]);
});

test("a user's values win over ours, chart by chart", async () => {
  const values = await istiodValues({ values: { istiod: { replicaCount: 5 }, cni: { cniBinDir: "/usr/libexec/cni" } } });
  assert.equal(values.replicaCount, 5);
  assert.equal(values.cniBinDir, undefined);
});

const ledger = { name: "apps", externalHosts: [] };
const refused: readonly (readonly [string, Partial<MeshArgs>, RegExp])[] = [
  ["no copies", { replicas: 0 }, /replicas.*0 is not a whole number/],
  ["more than all requests", { telemetry: { ...meshOf("sidecar").telemetry, tracedPercent: 101 } }, /tracedPercent.*101 is not/],
  ["a caller that nobody is", { callers: {} }, /ingress is not known; say in callers\.ingress/],
  [
    "a method in small letters",
    { namespaces: [{ ...ledger, services: { a: [{ from: "ingress", methods: ["get"] }] } }] },
    /"get" is not an HTTP method/,
  ],
  [
    "a star in the middle of a path",
    { namespaces: [{ ...ledger, services: { a: [{ from: "ingress", paths: ["/a/*/b"] }] } }] },
    /"\/a\/\*\/b" is not a path/,
  ],
  ["an issuer that is not trusted", { issuers: [] }, /"https:\/\/login\.example" is not one of issuers \(none\)/],
  [
    "keys without TLS",
    { issuers: [{ issuer: "https://login.example", jwksUri: "http://x", audiences: ["a"] }] },
    /"http:\/\/x" is not an https address/,
  ],
  ["tokens for anybody", { issuers: [{ issuer: "https://login.example", jwksUri: "https://x", audiences: [] }] }, /audiences.*empty/],
  [
    "a host that is an address of a page",
    { namespaces: [{ ...ledger, services: {}, externalHosts: [{ host: "https://a.example", port: 443 }] }] },
    /is not a host name/,
  ],
  [
    "a port that is none",
    { namespaces: [{ ...ledger, services: {}, externalHosts: [{ host: "a.example", port: 0 }] }] },
    /0 is not a port/,
  ],
];
for (const [sentence, changes, message] of refused) test(`refused: ${sentence}`, () => assert.match(refusal(changes), message));

test("all problems are told at once, each with its place", () => {
  assert.match(refusal({ replicas: 0, callers: {} }), /replicas: .*\nnamespaces\[0\]\.services\.echo\[0\]\.from: /);
});

function refusal(changes: Partial<MeshArgs>): string {
  try {
    new Mesh("mesh", meshArgs(changes));
  } catch (error) {
    assert.ok(pulumi.InputPropertiesError.isInstance(error));
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`).join("\n");
  }
  return "";
}
