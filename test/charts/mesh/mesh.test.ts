import assert from "node:assert/strict";
import { test } from "node:test";
import type { Manifest } from "../../../charts/manifest.ts";
import { extensionProviders, LATENCY_BUCKETS, meshManifests, prometheusMembership } from "../../../charts/mesh/index.ts";
import { ISTIO_BUCKETS_MS } from "../../../charts/slo/index.ts";
import { meshOf } from "./world.ts";

function specs(manifests: readonly Manifest[], wanted: string) {
  return manifests
    .filter(({ kind }) => kind === wanted)
    .map(({ metadata, spec }) => ({ where: `${metadata.namespace}/${metadata.name}`, spec }));
}

test("nothing in the mesh takes a connection without a certificate", () => {
  const strict = { where: "istio-system/default", spec: { mtls: { mode: "STRICT" } } };
  for (const mode of ["sidecar", "ambient"] as const) assert.deepEqual(specs(meshManifests(meshOf(mode)), "PeerAuthentication"), [strict]);
});

test("proxies count latencies by the bounds that objectives are written by, and sizes by Istio's", () => {
  const settings = JSON.parse(LATENCY_BUCKETS["sidecar.istio.io/statsHistogramBuckets"] ?? "");
  assert.deepEqual(settings, { "istiocustom.istio_request_duration_milliseconds": ISTIO_BUCKETS_MS });
});

test("a waypoint, which no injector sees, counts by the same bounds", () => {
  const [waypoint] = specs(meshManifests(meshOf("ambient")), "Gateway");
  assert.equal(waypoint?.where, "apps/waypoint");
  assert.partialDeepStrictEqual(waypoint.spec, { infrastructure: { annotations: LATENCY_BUCKETS } });
});

test("a namespace may call the hosts it names, and nobody else may because of that", () => {
  const entries = specs(meshManifests(meshOf("sidecar")), "ServiceEntry");
  const seen = entries.map(({ where, spec }) => [where, spec]);
  const entry = (host: string, number: number, protocol: string, resolution: string) => ({
    hosts: [host],
    exportTo: ["."],
    location: "MESH_EXTERNAL",
    ports: [{ number, name: `${protocol.toLowerCase()}-${number}`, protocol }],
    resolution,
  });
  assert.deepEqual(seen, [
    ["apps/api.example.com-443", entry("api.example.com", 443, "TLS", "DNS")],
    ["apps/any.example.org-443", entry("*.example.org", 443, "TLS", "NONE")],
    ["apps/db.example.com-5432", entry("db.example.com", 5432, "TCP", "DNS")],
  ]);
});

for (const [accessLogs, filter] of [
  ["errors", { expression: "response.code >= 500" }],
  ["all", undefined],
] as const)
  test(`access logs of ${accessLogs} requests`, () => {
    const { telemetry } = meshOf("sidecar");
    const [{ spec } = { spec: undefined }] = specs(
      meshManifests(meshOf("sidecar", { telemetry: { ...telemetry, accessLogs } })),
      "Telemetry",
    );
    const logging = { providers: [{ name: "access-log" }], ...(filter && { filter }) };
    assert.deepEqual(spec, { accessLogging: [logging], tracing: [{ providers: [{ name: "traces" }], randomSamplingPercentage: 5 }] });
  });

test("without a collector there are no spans, and no provider that would be looked for", () => {
  const telemetry = { ...meshOf("sidecar").telemetry, collector: undefined };
  const [{ spec } = { spec: undefined }] = specs(meshManifests(meshOf("sidecar", { telemetry })), "Telemetry");
  assert.deepEqual(Object.keys(spec ?? {}), ["accessLogging"]);
  assert.deepEqual(
    extensionProviders(telemetry).map((provider) => ("name" in provider ? provider.name : undefined)),
    ["access-log"],
  );
});

test("a line of the access log has no query in it", () => {
  assert.doesNotMatch(JSON.stringify(extensionProviders(meshOf("sidecar").telemetry)), /%REQ\(:PATH\)%|%REQ\(X-ENVOY-ORIGINAL-PATH/);
});

test("the node proxies of ambient mode are scraped as well", () => {
  const names = (mode: "sidecar" | "ambient") => specs(meshManifests(meshOf(mode)), "PodMonitor").map(({ where }) => where);
  assert.deepEqual(names("sidecar"), ["istio-system/istio-cni", "istio-system/proxies"]);
  assert.deepEqual(names("ambient"), ["istio-system/istio-cni", "istio-system/proxies", "istio-system/ztunnel"]);
});

test("Prometheus reads its certificate where its proxy writes it", () => {
  const { podMetadata, volumes, volumeMounts, scrapeClasses } = prometheusMembership("sidecar");
  const [volume, mount] = [volumes[0]?.name, volumeMounts[0]];
  const [written] = JSON.parse(podMetadata.annotations["sidecar.istio.io/userVolumeMount"] ?? "");
  const { proxyMetadata } = JSON.parse(podMetadata.annotations["proxy.istio.io/config"] ?? "");
  assert.deepEqual([written.name, mount?.name], [volume, volume]);
  assert.equal(proxyMetadata.OUTPUT_CERTS, written.mountPath);
  for (const file of [scrapeClasses[0]?.tlsConfig.caFile, scrapeClasses[0]?.tlsConfig.keyFile])
    assert.ok(file?.startsWith(`${mount?.mountPath}/`));
});

test("in ambient mode Prometheus is in the mesh by its node, and still answers those who are not", () => {
  const { podMetadata, volumes, scrapeClasses } = prometheusMembership("ambient");
  assert.deepEqual(podMetadata.labels, { "istio.io/dataplane-mode": "ambient" });
  assert.deepEqual(podMetadata.annotations, { "ambient.istio.io/bypass-inbound-capture": "true" });
  assert.deepEqual([...volumes, ...scrapeClasses], []);
});
