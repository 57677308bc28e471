import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import { ingress } from "../../../infra/stack/parts/ingress.ts";
import { meshPart } from "../../../infra/stack/parts/mesh.ts";
import { explainForm, problemsOf } from "../../../infra/stack/problems.ts";

function told(schema: z.ZodType, value: unknown): readonly string[] {
  const decoded = schema.safeParse(value, { error: explainForm });
  return decoded.success ? [] : problemsOf(decoded.error).map(({ path, reason }) => `${path}: ${reason}`);
}

test("a mesh of which nothing is said is strict and tells little", () => {
  const rest = { allow: {}, issuers: [], egress: [] };
  assert.deepEqual(meshPart.parse({}), { ...rest, mode: "sidecar", accessLogs: "errors", traced: 5 });
});

test("callers are roles or service accounts, and hosts outside have a port", () => {
  const written = {
    allow: { echo: [{ from: "ingress" }, { from: "apps/client", methods: ["GET"] }] },
    egress: ["api.example.com", "db.example.com:5432"],
  };
  const { allow, egress } = meshPart.parse(written);
  assert.deepEqual(allow.echo, [{ from: "ingress" }, { from: { namespace: "apps", serviceAccount: "client" }, methods: ["GET"] }]);
  assert.deepEqual(egress, [
    { host: "api.example.com", port: 443 },
    { host: "db.example.com", port: 5432 },
  ]);
});

test("all that is wrong with a mesh is told at once", () => {
  const wrong = {
    mode: "proxyless",
    allow: { echo: [{ from: "everybody", methods: ["get"], paths: ["api"] }] },
    egress: ["https://api.example.com", "db.example.com:99999"],
    traced: 5,
  };
  assert.deepEqual(told(meshPart, wrong), [
    'allow.echo[0].from: "everybody" is not ingress, prometheus, or a service account as namespace/name; write for example apps/client',
    'allow.echo[0].methods[0]: "get" is not an HTTP method in capitals; write for example GET',
    'allow.echo[0].paths[0]: "api" is not a path from / on, or the beginning of one before *; write for example /api/*',
    'egress[0]: "https://api.example.com" is an address; write its host alone, api.example.com',
    'egress[1]: "db.example.com:99999" is not a host name, with a port where it is not 443; write for example db.example.com:5432',
    'mode: "proxyless" is not sidecar or ambient; write for example sidecar',
    'traced: 5 has no unit; write "5%"',
  ]);
});

test("an ingress of which only the names are said has a certificate issued for them", () => {
  const rest = { callers: [], rateLimits: {} };
  assert.deepEqual(ingress.parse({ hosts: ["*.example.com"] }), { ...rest, kind: "istio", hosts: ["*.example.com"], tls: "issued" });
});

const hosts = ["*.example.com"];
const wrong: readonly (readonly [string, unknown, readonly string[]])[] = [
  ["no names", {}, ["hosts: missing: give a list"]],
  [
    "a given certificate that is nowhere",
    { hosts, tls: "given" },
    ["secret: missing: tls given needs the name of the certificate's Secret"],
  ],
  ["a certificate that is not asked for", { hosts, secret: "ours" }, ["secret: given, but tls is not; leave it out or say tls: given"]],
  [
    "limits that Istio's gateway has not",
    { hosts, rateLimits: { echo: { perSecond: 5 } } },
    ["rateLimits: needs kind: kong; leave it out or change the kind"],
  ],
  [
    "a limit without an amount",
    { hosts, kind: "kong", rateLimits: { echo: {} } },
    ["rateLimits.echo: limits nothing: give perSecond, perMinute or both"],
  ],
  [
    "a caller that is no block",
    { hosts, callers: ["203.0.113.1"] },
    ['callers[0]: "203.0.113.1" is not a block of IPv4 addresses; write for example 203.0.113.0/24'],
  ],
];
for (const [sentence, value, problems] of wrong) test(`refused: ${sentence}`, () => assert.deepEqual(told(ingress, value), problems));
