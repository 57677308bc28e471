import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { choosePorts, isFreeOnLoopback } from "../../../embedded/platform/ports.ts";

const names = ["a", "b", "c", "d"] as const;
const allFree = async () => true;

test("a name keeps the port that it had", async () => {
  const ports = await choosePorts(names, { b: 21_000, d: 21_001 }, allFree);
  assert.equal(ports.b, 21_000);
  assert.equal(ports.d, 21_001);
});

test("a port that somebody else has taken meanwhile is replaced", async () => {
  const ports = await choosePorts(names, { a: 21_000 }, async (port) => port !== 21_000);
  assert.notEqual(ports.a, 21_000);
});

test("no two names share a port, whatever they had and whatever is free", async () => {
  const before = fc.record({ a: fc.integer({ min: 20_000, max: 20_009 }), c: fc.integer({ min: 20_000, max: 20_009 }) });
  const property = fc.asyncProperty(before, fc.func(fc.boolean()), async (had, isTaken) => {
    const ports = await choosePorts(names, had, async (port) => port > 20_009 || !isTaken(port));
    assert.equal(new Set(Object.values(ports)).size, names.length);
  });
  await fc.assert(property);
});

test("ports stay below those that the kernel gives to outgoing connections", async () => {
  for (const random of [0, 0.5, 0.999_999]) {
    const port = (await choosePorts(["a"], {}, allFree, () => random)).a;
    assert.ok(port >= 20_000 && port < 32_768, String(port));
  }
});

test("a machine without a free port is told so", async () => {
  await assert.rejects(
    choosePorts(names, {}, async () => false),
    /no free port on 127\.0\.0\.1 between 20000 and 32767/,
  );
});

test("a port on which something listens is not free", async (t) => {
  const server = createServer();
  t.after(() => server.close());
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  assert.equal(await isFreeOnLoopback(port), false);
});
