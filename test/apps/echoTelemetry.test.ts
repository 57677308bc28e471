import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { serve } from "../support/server.ts";
import { startEcho } from "./echoProcess.ts";

test("with a collector named by the standard variables, spans continue the caller's trace and reach it before the service leaves", async (t) => {
  const received = new Map<string, string>();
  const collector = await serve(t, async (request, response) => {
    received.set(request.url ?? "", (received.get(request.url ?? "") ?? "") + (await text(request)));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });

  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_SERVICE_NAME: "greeter",
  };
  const echo = await startEcho(t, { ...env, VERSION: "1.4.0" });
  await fetch(`${echo.url}/version`, { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } });
  const line = await echo.logged("request");
  echo.terminate();
  assert.equal(await echo.exited, 0);

  const traces = received.get("/v1/traces") ?? "";
  assert.equal(line.trace_id, traceId);
  for (const expected of [traceId, String(line.span_id), "00f067aa0ba902b7", "GET /version", "greeter", "1.4.0"])
    assert.ok(traces.includes(expected), `${expected} in ${traces}`);
  assert.ok(received.get("/v1/metrics")?.includes("http.server.request.duration"));
});

test("a collector that is not there neither stops the service nor keeps it from leaving", async (t) => {
  const echo = await startEcho(t, { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1", OTEL_EXPORTER_OTLP_TIMEOUT: "500" });
  assert.equal((await fetch(echo.url)).status, 200);
  echo.terminate();
  assert.equal(await echo.exited, 0);
});
