import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startEcho } from "./echoProcess.ts";

test("each route answers as JSON and names the version that served it", async (t) => {
  const { url } = await startEcho(t, { VERSION: "1.4.0" });
  for (const [path, code, body] of [
    ["/", 200, { message: "Hello from echo", version: "1.4.0", hostname: hostname() }],
    ["/version", 200, { version: "1.4.0" }],
    ["/echo?message=good%20day", 200, { message: "good day" }],
    ["/echo", 400, { error: "say what to echo: /echo?message=hello" }],
    ["/health", 200, { status: "ok" }],
    ["/ready", 200, { status: "ready" }],
    ["/nowhere", 404, { error: "no such page" }],
    ["/constructor", 404, { error: "no such page" }],
  ] as const) {
    const response = await fetch(url + path);
    assert.equal(response.status, code, path);
    assert.equal(response.headers.get("x-version"), "1.4.0", path);
    assert.deepEqual(await response.json(), body, path);
  }
});

test("a method other than GET and HEAD is refused, and the answer says which are served", async (t) => {
  const { url } = await startEcho(t);
  const response = await fetch(url, { method: "POST", body: "hello" });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get("allow"), "GET, HEAD");
});

test("a request is counted once under its method, route, code and version", async (t) => {
  const { url } = await startEcho(t, { VERSION: "1.4.0" });
  await fetch(`${url}/version`);
  await fetch(`${url}/version`);
  await fetch(`${url}/some/secret`);
  const series = await (await fetch(`${url}/metrics`)).text();
  assert.match(series, /^http_requests_total\{method="GET",route="\/version",code="200",version="1\.4\.0"\} 2$/m);
  assert.match(series, /^http_requests_total\{method="GET",route="other",code="404",version="1\.4\.0"\} 1$/m);
  assert.match(series, /^http_request_duration_seconds_bucket\{le="0\.3",method="GET",route="\/version",version="1\.4\.0"\} 2$/m);
  assert.match(series, /^deployment_version\{version="1\.4\.0"\} 1$/m);
});

test("an error rate fails what users call and counts it, and leaves probes and metrics alone", async (t) => {
  const { url } = await startEcho(t, { ERROR_RATE: "1", VERSION: "1.4.0" });
  for (const path of ["/", "/echo?message=hello"]) assert.equal((await fetch(url + path)).status, 500, path);
  for (const path of ["/health", "/ready", "/metrics", "/version"]) assert.equal((await fetch(url + path)).status, 200, path);
  const series = await (await fetch(`${url}/metrics`)).text();
  assert.match(series, /^http_requests_errors_total\{method="GET",route="\/",code="500",version="1\.4\.0"\} 1$/m);
});

test("no faults are made unless they are asked for, and the series of errors begins at zero", async (t) => {
  const { url } = await startEcho(t, { VERSION: "1.4.0" });
  for (let i = 0; i < 100; i++) assert.equal((await fetch(url)).status, 200);
  assert.match(
    await (await fetch(`${url}/metrics`)).text(),
    /^http_requests_errors_total\{method="GET",route="\/",code="500",version="1\.4\.0"\} 0$/m,
  );
});

test("an error rate of a half fails about half of the requests", async (t) => {
  const { url } = await startEcho(t, { ERROR_RATE: "0.5" });
  const codes = await Promise.all(Array.from({ length: 400 }, async () => (await fetch(url)).status));
  const failed = codes.filter((code) => code === 500).length;
  // Six standard deviations of a fair draw (10 each): a false alarm once in 500 million runs.
  assert.ok(failed > 140 && failed < 260, `${failed} of 400 failed`);
});

test("a slow rate makes answers late by the time given, without failing them, and not those to probes", async (t) => {
  const { url } = await startEcho(t, { SLOW_RATE: "1", SLOW_MS: "250" });
  assert.ok((await timed(url)) >= 249);
  assert.ok((await timed(`${url}/health`)) < 249);
});

async function timed(url: string): Promise<number> {
  const began = performance.now();
  assert.equal((await fetch(url)).status, 200);
  return performance.now() - began;
}

test("a request is logged as one line of JSON with the trace id its caller sent, probes are not", async (t) => {
  const echo = await startEcho(t);
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  await fetch(`${echo.url}/health`);
  await fetch(echo.url, { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } });
  const line = await echo.logged("request");
  assert.equal(line.path, "/");
  assert.equal(line.code, 200);
  assert.equal(line.trace_id, traceId);
});

test("a request without a valid trace context begins a trace of its own", async (t) => {
  const echo = await startEcho(t);
  await fetch(echo.url, { headers: { traceparent: `00-${"0".repeat(32)}-00f067aa0ba902b7-01` } });
  const { trace_id } = await echo.logged("request");
  assert.match(String(trace_id), /^(?!0+$)[0-9a-f]{32}$/);
});

test("the bundle needs nothing but itself and keeps the telemetry SDK out of its start", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "echo-bundle-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const app = new URL("../../apps/echo", import.meta.url).pathname;
  execFileSync("npm", ["run", "build"], { cwd: app, env: { ...process.env, OUT_DIR: folder }, stdio: "pipe" });
  assert.ok(
    readdirSync(folder).some((file) => file.startsWith("openTelemetry-")),
    "the SDK has a file of its own",
  );
  const { url } = await startEcho(t, { VERSION: "1.4.0" }, join(folder, "echo.mjs"));
  assert.equal((await fetch(url)).headers.get("x-version"), "1.4.0");
});
