import assert from "node:assert/strict";
import { test } from "node:test";
import { type IstioIngressProps, istioIngressManifests, type KongProps, kongManifests } from "../../../charts/ingress/index.ts";
import type { Manifest } from "../../../charts/manifest.ts";

function istio(changes: Partial<IstioIngressProps> = {}): readonly Manifest[] {
  const props = { name: "gateway", namespace: "ingress", hosts: ["*.example.com"], from: ["apps"], tls: { issuer: "public" } } as const;
  return istioIngressManifests({ ...props, ...changes });
}

function kong(changes: Partial<KongProps> = {}): readonly Manifest[] {
  const routes = [{ service: "echo", namespace: "apps", host: "echo.example.com", rateLimit: { perSecond: 5, of: "caller" } }] as const;
  return kongManifests({ name: "kong", namespace: "ingress", routes, tls: { issuer: "public" }, ...changes });
}

function only(manifests: readonly Manifest[], apiVersion: string, kind: string): Manifest {
  const [found, ...others] = manifests.filter((manifest) => manifest.kind === kind && manifest.apiVersion.startsWith(apiVersion));
  assert.ok(found !== undefined && others.length === 0, `one ${kind}`);
  return found;
}

test("names of the world are served over TLS 1.2 or later, and only the services' namespaces may route them", () => {
  const tls = { mode: "SIMPLE", credentialName: "gateway-tls", minProtocolVersion: "TLSV1_2" };
  const server = { port: { number: 443, name: "https", protocol: "HTTPS" }, tls, hosts: ["apps/*.example.com"] };
  assert.deepEqual(only(istio(), "networking.istio.io", "Gateway").spec, { selector: { app: "gateway" }, servers: [server] });
});

test("the plain port only sends people to the other one, and no other namespace may put a route there", () => {
  const plain = only(istio(), "gateway.networking.k8s.io", "Gateway");
  assert.partialDeepStrictEqual(plain.spec, { listeners: [{ port: 80, allowedRoutes: { namespaces: { from: "Same" } } }] });
  assert.deepEqual(only(istio(), "gateway.networking.k8s.io", "HTTPRoute").spec, {
    parentRefs: [{ name: plain.metadata.name }],
    rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
  });
});

test("no port is served by both kinds of Gateway, which would be one's word against the other's", () => {
  const ports = istio().flatMap(({ spec }) => [...JSON.stringify(spec).matchAll(/"(?:number|port)":(\d+)/g)].map(([, port]) => port));
  assert.deepEqual(ports, ["443", "80"]);
});

test("the plain port is one of the proxies that are there, so that no second load balancer is made", () => {
  const address = [{ type: "Hostname", value: "gateway.ingress.svc.cluster.local" }];
  assert.partialDeepStrictEqual(only(istio(), "gateway.networking.k8s.io", "Gateway").spec, { addresses: address });
});

test("a certificate is made for all names where an issuer is given, and none where there is one", () => {
  assert.deepEqual(only(istio(), "cert-manager.io", "Certificate").spec, {
    secretName: "gateway-tls",
    dnsNames: ["*.example.com"],
    issuerRef: { name: "public", kind: "ClusterIssuer" },
  });
  const given = istio({ tls: { secretName: "ours" } });
  assert.ok(given.every(({ kind }) => kind !== "Certificate"));
  assert.partialDeepStrictEqual(only(given, "networking.istio.io", "Gateway").spec, { servers: [{ tls: { credentialName: "ours" } }] });
});

test("without TLS requests come in on the plain port", () => {
  const [gateway, ...others] = istio({ tls: "none" });
  const server = { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["apps/*.example.com"] };
  assert.deepEqual(gateway?.spec, { selector: { app: "gateway" }, servers: [server] });
  assert.deepEqual(others, []);
});

test("Kong calls Services by their own address and name, so that the mesh's weights decide which pod answers", () => {
  assert.deepEqual(only(kong(), "configuration.konghq.com", "IngressClassParameters").spec, { serviceUpstream: true });
  const ingress = only(kong(), "networking.k8s.io", "Ingress");
  assert.equal(ingress.metadata.annotations?.["konghq.com/preserve-host"], "false");
  const backend = { service: { name: "echo", port: { number: 80 } } };
  assert.partialDeepStrictEqual(ingress.spec, { rules: [{ host: "echo.example.com", http: { paths: [{ path: "/", backend }] } }] });
});

test("Kong's class leads to its parameters", () => {
  const parameters = only(kong(), "configuration.konghq.com", "IngressClassParameters");
  const { kind, metadata } = parameters;
  assert.partialDeepStrictEqual(only(kong(), "networking.k8s.io", "IngressClass").spec, { parameters: { kind, ...metadata } });
});

test("Kong sends people to https and has a certificate made", () => {
  const { metadata, spec } = only(kong(), "networking.k8s.io", "Ingress");
  assert.partialDeepStrictEqual(metadata.annotations, { "konghq.com/protocols": "https", "cert-manager.io/cluster-issuer": "public" });
  assert.partialDeepStrictEqual(spec, { tls: [{ hosts: ["echo.example.com"], secretName: "echo-tls" }] });
});

const limits = [
  ["by caller", { perSecond: 5, of: "caller" }, { second: 5, limit_by: "ip" }],
  ["of all together", { perMinute: 60, of: "service" }, { minute: 60, limit_by: "service" }],
  ["both", { perSecond: 5, perMinute: 60, of: "caller" }, { second: 5, minute: 60, limit_by: "ip" }],
] as const;
for (const [sentence, rateLimit, config] of limits)
  test(`a rate limit ${sentence}`, () => {
    const manifests = kong({ routes: [{ service: "echo", namespace: "apps", host: "echo.example.com", rateLimit }] });
    const plugin = only(manifests, "configuration.konghq.com", "KongPlugin");
    assert.deepEqual(plugin.config, { ...config, policy: "local", fault_tolerant: true });
    const { annotations } = only(manifests, "networking.k8s.io", "Ingress").metadata;
    assert.equal(annotations?.["konghq.com/plugins"], plugin.metadata.name);
  });

test("a route without a limit has no plugin", () => {
  const manifests = kong({ routes: [{ service: "echo", namespace: "apps", host: "echo.example.com" }] });
  assert.ok(manifests.every(({ kind }) => kind !== "KongPlugin"));
});

test("Kong counts requests and latencies of every route", () => {
  const plugin = only(kong(), "configuration.konghq.com", "KongClusterPlugin");
  assert.deepEqual(plugin.metadata.labels, { global: "true" });
  assert.partialDeepStrictEqual(plugin.config, { status_code_metrics: true, latency_metrics: true });
});
