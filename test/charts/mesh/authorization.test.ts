import assert from "node:assert/strict";
import { test } from "node:test";
import { type MeshMode, meshManifests } from "../../../charts/mesh/index.ts";
import { type Decision, type Door, decide, type Request } from "./evaluate.ts";
import { CLIENT, GATEWAY, meshOf, NIGHT, PROMETHEUS, TOKEN } from "./world.ts";

const WAYPOINT = "cluster.local/ns/apps/sa/waypoint";

const pod = (service: string): Door => ({ kind: "pod", namespace: "apps", labels: { "app.kubernetes.io/name": service } });
const waypoint = (service: string): Door => ({ kind: "waypoint", namespace: "apps", gateway: "waypoint", service });

/** The doors that a request to a Service goes through, one after the other. The second sees the first as the caller. */
const DOORS: Readonly<Record<MeshMode, (service: string, request: Request) => readonly (readonly [Door, Request])[]>> = {
  sidecar: (service, request) => [[pod(service), request]],
  ambient: (service, request) => [
    [waypoint(service), request],
    [pod(service.replace(/-(stable|canary)$/, "")), { ...request, principal: WAYPOINT }],
  ],
};

function called(mode: MeshMode, service: string, request: Request): Decision {
  const manifests = meshManifests(meshOf(mode));
  return DOORS[mode](service, request).every(([door, seen]) => decide(manifests, door, seen) === "allowed") ? "allowed" : "denied";
}

const get = (path: string, principal?: string): Request => ({ method: "GET", path, ...(principal && { principal }) });

const cases: readonly (readonly [string, string, Request, Decision])[] = [
  ["the ingress gateway may call a service that is open to it", "echo", { ...get("/anything", GATEWAY), method: "POST" }, "allowed"],
  ["the ingress gateway may not call a service that is open to nobody", "ledger", get("/", GATEWAY), "denied"],
  ["a caller without a certificate is let in nowhere", "echo", get("/public/a"), "denied"],
  ["a service of the same namespace may do what it is allowed", "echo", get("/public/a", CLIENT), "allowed"],
  ["a whole path is a whole path", "echo", get("/version", CLIENT), "allowed"],
  ["and not the beginning of another", "echo", get("/versions", CLIENT), "denied"],
  ["other methods than the allowed ones are refused", "echo", { ...get("/public/a", CLIENT), method: "DELETE" }, "denied"],
  ["other paths than the allowed ones are refused", "echo", get("/private", CLIENT), "denied"],
  [
    "a service of another namespace, of whom nothing is said, may not",
    "echo",
    get("/public/a", "cluster.local/ns/other/sa/client"),
    "denied",
  ],
  ["another service account of the caller's namespace may not", "echo", get("/public/a", "cluster.local/ns/apps/sa/other"), "denied"],
  ["a caller that must bring a token may with it", "echo", { ...get("/admin", NIGHT), token: TOKEN }, "allowed"],
  ["and may not without it", "echo", get("/admin", NIGHT), "denied"],
  ["nor with that of another issuer", "echo", { ...get("/admin", NIGHT), token: "https://evil.example/somebody" }, "denied"],
  ["a token alone makes nobody a caller", "echo", { ...get("/admin", "cluster.local/ns/other/sa/x"), token: TOKEN }, "denied"],
  ["a service of which nothing is said gets nothing", "forgotten", get("/", GATEWAY), "denied"],
];
for (const mode of ["sidecar", "ambient"] as const) {
  for (const [sentence, service, request, decision] of cases)
    test(`${mode}: ${sentence}`, () => assert.equal(called(mode, service, request), decision));
}

for (const side of ["echo-stable", "echo-canary"])
  test(`ambient: a gateway that has chosen ${side} by weight is let in as it is to echo`, () => {
    assert.equal(called("ambient", side, get("/", GATEWAY)), "allowed");
  });

const scrapes: readonly (readonly [string, MeshMode, string, Request, Decision])[] = [
  ["Prometheus may read a pod's metrics", "sidecar", "echo", get("/metrics", PROMETHEUS), "allowed"],
  ["also those of a service that nobody may call", "sidecar", "ledger", get("/metrics", PROMETHEUS), "allowed"],
  ["Prometheus may read nothing else", "sidecar", "echo", get("/admin", PROMETHEUS), "denied"],
  ["Prometheus may not write", "sidecar", "echo", { ...get("/metrics", PROMETHEUS), method: "POST" }, "denied"],
  ["others may not read a pod's metrics", "sidecar", "echo", get("/metrics", NIGHT), "denied"],
  ["Prometheus goes to pods without a waypoint", "ambient", "echo", get("/metrics", PROMETHEUS), "allowed"],
  ["nobody else gets around the waypoint", "ambient", "echo", get("/public/a", CLIENT), "denied"],
  ["nobody else gets around the waypoint, the gateway neither", "ambient", "echo", get("/", GATEWAY), "denied"],
];
for (const [sentence, mode, service, request, decision] of scrapes)
  test(`${mode}: ${sentence}`, () => assert.equal(decide(meshManifests(meshOf(mode)), pod(service), request), decision));

test("where no Prometheus is known, nobody may read metrics", () => {
  const manifests = meshManifests(meshOf("sidecar", { callers: { ingress: { namespace: "ingress", serviceAccount: "gateway" } } }));
  assert.equal(decide(manifests, pod("echo"), get("/metrics", PROMETHEUS)), "denied");
});
