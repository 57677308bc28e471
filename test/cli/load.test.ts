import assert from "node:assert/strict";
import { once } from "node:events";
import type { Server } from "node:http";
import { test } from "node:test";
import { LoadError, type LoadRecord, startLoad } from "../../cli/load/index.ts";
import { serve } from "../support/server.ts";

/** Resolves when the server has been asked that many times. */
async function requests(server: Server, count: number): Promise<void> {
  for (let seen = 0; seen < count; seen++) await once(server, "request");
}

test("every request is counted once, by the version that served it: failed, slow, or without an answer", async (t) => {
  const served = { stable: 0, canary: 0, failed: 0, slow: 0, dropped: 0 };
  let arrived = 0;
  const { url, server } = await serve(t, (_request, response) => {
    const n = ++arrived;
    if (n % 20 === 0) {
      served.dropped++;
      response.destroy();
      return;
    }
    const [version, code, delay] = [n % 4 === 0 ? "canary" : "stable", n % 10 === 1 ? 503 : 200, n % 25 === 2 ? 2500 : 0] as const;
    served[version]++;
    if (code === 503) served.failed++;
    if (delay > 0) served.slow++;
    setTimeout(() => response.writeHead(code, { "x-version": version }).end("hello"), delay);
  });
  // Thresholds that a busy machine does not cross by itself.
  const load = startLoad({ url, host: "echo.localhost", ratePerSecond: 400, slowMs: 2000, timeoutMs: 30_000 });
  await requests(server, 300);
  const { total, versions, errors } = await load.stop();
  assert.equal(total.requests, served.stable + served.canary);
  assert.deepEqual([versions.stable?.requests, versions.canary?.requests], [served.stable, served.canary]);
  assert.deepEqual([total.failed, total.slow], [served.failed, served.slow]);
  assert.deepEqual(errors, { closed: served.dropped });
});

test("the rate holds while every answer is late", async (t) => {
  const { url, server } = await serve(t, (_request, response) => void setTimeout(() => response.end(), 1000));
  const began = performance.now();
  const load = startLoad({ url, host: "echo.localhost", ratePerSecond: 200 });
  await requests(server, 200);
  const seconds = (performance.now() - began) / 1000;
  assert.ok(seconds > 0.95 && seconds < 1.5, `200 requests at 200/s took ${seconds} s`);
  const { total } = await load.stop();
  assert.equal(total.slow, total.requests);
  assert.ok(total.requests >= 200, `${total.requests} answers after stopping`);
});

test("a request is late from when it was due, also when the sender itself was held up", async (t) => {
  const { url, server } = await serve(t, (_request, response) => void response.end());
  const records: LoadRecord[] = [];
  const load = startLoad({ url, host: "echo.localhost", ratePerSecond: 100, onRecord: (record) => void records.push(record) });
  await requests(server, 5);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  await requests(server, 20);
  await load.stop();
  const due = records.map(({ dueAt }) => dueAt).sort((a, b) => a - b);
  const spacing = due.slice(1).map((time, n) => time - (due[n] ?? 0));
  assert.ok(
    records.filter(({ latencyMs }) => latencyMs > 100).length >= 9,
    "the requests of the first half of the stall waited over 100 ms",
  );
  assert.ok(Math.max(...spacing) < 10.1, "requests were due evenly all the same");
});

test("a window holds only what ended since its mark", async (t) => {
  let failing = false;
  const { url, server } = await serve(
    t,
    (_request, response) => void response.writeHead(failing ? 500 : 200, { "x-version": "1.0.0" }).end(),
  );
  const load = startLoad({ url, host: "echo.localhost", ratePerSecond: 200 });
  await requests(server, 50);
  const mark = load.mark();
  failing = true;
  await requests(server, 50);
  const [before, whole] = [load.since(mark), await load.stop()];
  assert.ok((before.versions["1.0.0"]?.requests ?? 0) >= 45 && before.total.failed >= 45);
  assert.ok(whole.total.requests >= 95 && before.total.requests <= 55);
  assert.equal(whole.total.firstAt, before.total.firstAt);
});

test("a request that is not answered in time is an error and does not keep the load from stopping", async (t) => {
  const { url, server } = await serve(t, () => {});
  const load = startLoad({ url, host: "echo.localhost", ratePerSecond: 100, timeoutMs: 300 });
  await requests(server, 10);
  const { total, errors } = await load.stop();
  assert.equal(total.requests, 0);
  assert.deepEqual(Object.keys(errors), ["timeout"]);
  assert.ok((errors.timeout ?? 0) >= 10);
});

test("an answer that breaks off is an error, not an answer", async (t) => {
  const { url, server } = await serve(t, (_request, response) => {
    response.writeHead(200, { "content-length": "100" }).write("half");
    setTimeout(() => response.destroy(), 20);
  });
  const load = startLoad({ url, host: "echo.localhost", ratePerSecond: 100 });
  await requests(server, 5);
  const { total, errors } = await load.stop();
  assert.equal(total.requests, 0);
  assert.deepEqual(Object.keys(errors), ["closed"]);
});

test("where nobody listens every request is refused, and the load goes on trying", async (t) => {
  const { url, server } = await serve(t, () => {});
  server.close();
  await once(server, "close");
  let refused = 0;
  const three = Promise.withResolvers<void>();
  const load = startLoad({ url, host: "echo.localhost", ratePerSecond: 100, onRecord: () => void (++refused === 3 && three.resolve()) });
  await three.promise;
  const { errors } = await load.stop();
  assert.deepEqual(Object.keys(errors), ["refused"]);
});

test("the service is asked for by its Host header, at the path given", async (t) => {
  const asked: unknown[] = [];
  const { url, server } = await serve(t, (request, response) => {
    asked.push([request.headers.host, request.url]);
    response.end();
  });
  const load = startLoad({ url, host: "echo.localhost", path: "/echo?message=hi", ratePerSecond: 100 });
  await requests(server, 1);
  const { versions } = await load.stop();
  assert.deepEqual(asked[0], ["echo.localhost", "/echo?message=hi"]);
  assert.deepEqual(Object.keys(versions), ["none"]);
});

for (const url of [
  "http://echo.localhost",
  "http://10.0.0.7:8080",
  "http://128.0.0.1",
  "http://[::2]",
  "https://127.0.0.1",
  "http://example.com",
  "127.0.0.1:80",
]) {
  test(`load on ${url} is refused`, () => {
    assert.throws(() => startLoad({ url, host: "echo.localhost", ratePerSecond: 1 }), LoadError);
  });
}

for (const ratePerSecond of [0, -1, Number.NaN, 10_001]) {
  test(`a rate of ${ratePerSecond} is refused`, () => {
    assert.throws(() => startLoad({ url: "http://127.0.0.1:80", host: "echo.localhost", ratePerSecond }), /requests per second is not/);
  });
}
