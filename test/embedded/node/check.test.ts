import assert from "node:assert/strict";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { type TestContext, test } from "node:test";
import { check, portOf } from "../../../embedded/node/check.ts";
import { serve } from "../../support/server.ts";

async function podServing(t: TestContext, listener: RequestListener) {
  const { port, server } = await serve(t, listener);
  const container = { name: "app", ports: [{ name: "http", containerPort: port }] };
  return { port, server, target: { container, podIP: "127.0.0.1", timeoutMs: 200 } };
}

for (const [status, ok] of [
  [200, true],
  [302, true],
  [399, true],
  [400, false],
  [503, false],
] as const) {
  test(`an HTTP probe that is answered with ${status} has ${ok ? "passed" : "failed"}`, async (t) => {
    const { target } = await podServing(t, (_, response) => response.writeHead(status).end());
    const finding = await check({ httpGet: { path: "/health", port: "http" } }, target);
    assert.deepEqual(finding, ok ? { ok } : { ok, message: `HTTP probe failed with statuscode: ${status}` });
  });
}

test("an HTTP probe asks for its path with its headers", async (t) => {
  const { target, port } = await podServing(t, ({ url, headers }, response) =>
    response.writeHead(url === "/health?deep=1" && headers.host === "echo.test" && headers["x-probe"] === "1" ? 200 : 500).end(),
  );
  const httpHeaders = [
    { name: "Host", value: "echo.test" },
    { name: "X-Probe", value: "1" },
  ];
  assert.deepEqual(await check({ httpGet: { path: "/health?deep=1", port, httpHeaders } }, target), { ok: true });
});

test("an answer that is too late has failed, and says how long was waited", async (t) => {
  const { target, port } = await podServing(t, () => {});
  const finding = await check({ httpGet: { path: "/", port } }, target);
  assert.deepEqual(finding, { ok: false, message: `Get "http://127.0.0.1:${port}/": no answer within 0.2 s` });
});

test("where nobody listens, HTTP and TCP probes fail and name the address", async (t) => {
  const { target, port, server } = await podServing(t, () => {});
  assert.deepEqual(await check({ tcpSocket: { port } }, target), { ok: true });
  server.close();
  await once(server, "close");
  for (const probe of [{ tcpSocket: { port } }, { httpGet: { port } }]) {
    const finding = await check(probe, target);
    assert.match(finding.ok ? "" : finding.message, new RegExp(`127.0.0.1:${port}.*ECONNREFUSED`));
  }
});

test("a port is a number or one of the container's names", async () => {
  const container = { name: "app", ports: [{ name: "http", containerPort: 8080 }] };
  assert.deepEqual(
    [portOf(container, 80), portOf(container, "http"), portOf(container, "81"), portOf(container, "admin")],
    [80, 8080, 81, undefined],
  );
  const finding = await check({ httpGet: { port: "admin" } }, { container, podIP: "127.0.0.1", timeoutMs: 100 });
  assert.deepEqual(finding, { ok: false, message: 'container app has no port named "admin"' });
});
