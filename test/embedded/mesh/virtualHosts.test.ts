import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { translate } from "../../../embedded/mesh/translate.ts";
import { echoServices, service, snapshot, split, virtualService } from "./objects.ts";

const Table = z.object({
  resources: z.tuple([z.object({ virtual_hosts: z.array(z.object({ name: z.string(), domains: z.array(z.string()) })) })]),
});

/** Whose each domain is, and what was reported. */
function owners(parts: Parameters<typeof snapshot>[0]) {
  const { files, problems } = translate(snapshot(parts));
  const hosts = Table.parse(files.get("routes.json")).resources[0].virtual_hosts;
  const domains = hosts.flatMap(({ name, domains }) => domains.map((domain) => [domain, name] as const));
  assert.equal(new Set(domains.map(([domain]) => domain)).size, domains.length, "a domain is in the table twice, which Envoy refuses");
  return { of: new Map(domains), problems: problems.map(({ message }) => message) };
}

test("a VirtualService takes its Service's names in all their lengths, and other hosts as they stand", () => {
  const { of, problems } = owners({ virtualServices: [virtualService(split(10))] });
  for (const host of ["echo", "echo.default", "echo.default.svc", "echo.default.svc.cluster.local", "echo.localhost"]) {
    assert.equal(of.get(host), "VirtualService default/echo", host);
  }
  assert.deepEqual(problems, []);
});

test("a Service without a VirtualService is served under its own names", () => {
  const { of } = owners({});
  for (const host of ["echo-canary", "echo-canary.default", "echo-canary.default.svc.cluster.local"]) {
    assert.equal(of.get(host), "Service default/echo-canary", host);
  }
});

test("only Services of namespace default go by their bare name", () => {
  const { of } = owners({ services: [...echoServices, service("echo", { app: "echo" }, "shop")] });
  assert.equal(of.get("echo"), "Service default/echo");
  assert.equal(of.get("echo.shop"), "Service shop/echo");
});

test("a Service that nobody's pods belong to is an unknown host", () => {
  assert.ok(!owners({ services: [service("kubernetes", undefined)] }).of.has("kubernetes"));
});

test("a host two VirtualServices claim stays with the older, and the younger is told", () => {
  const young = virtualService(split(0, ["echo.localhost", "young.localhost"]), { name: "young", created: "2026-02-01T00:00:00Z" });
  const { of, problems } = owners({ virtualServices: [young, virtualService(split(0))] });
  assert.equal(of.get("echo.localhost"), "VirtualService default/echo");
  assert.equal(of.get("young.localhost"), "VirtualService default/young");
  assert.deepEqual(problems, ['spec.hosts: "echo.localhost" belongs to VirtualService default/echo, which is older']);
});

test("a mirror's target is reached under a host of its own", () => {
  const http = [{ route: [{ destination: { host: "echo-stable" } }], mirror: { host: "echo-canary" }, mirrorPercentage: { value: 12.5 } }];
  const { of } = owners({ virtualServices: [virtualService({ hosts: ["echo.localhost"], http })] });
  const host = "outbound_.80_._.echo-canary.default.svc.cluster.local";
  assert.equal(of.get(host), `mirror ${host}`);
});
