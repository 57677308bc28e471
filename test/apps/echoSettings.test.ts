import assert from "node:assert/strict";
import { test } from "node:test";
import { readSettings, SettingsError } from "../../apps/echo/settings.ts";
import { telemetryWanted, traceIdOf } from "../../apps/echo/trace.ts";
import { spawnEcho } from "./echoProcess.ts";

test("without variables, or with empty ones, the service makes no faults on port 8080", () => {
  const defaults = { host: "0.0.0.0", port: 8080, version: "dev", faults: { errorRate: 0, slowRate: 0, slowMs: 0 } };
  assert.deepEqual(readSettings({}), defaults);
  assert.deepEqual(readSettings({ HOST: "", PORT: "", VERSION: "", ERROR_RATE: "", SLOW_RATE: "", SLOW_MS: "" }), defaults);
});

for (const [env, reason] of [
  [{ ERROR_RATE: "5%" }, 'ERROR_RATE: "5%" is not a share between 0 and 1'],
  [{ ERROR_RATE: "1.01" }, 'ERROR_RATE: "1.01" is not a share between 0 and 1'],
  [{ ERROR_RATE: "-0.1" }, 'ERROR_RATE: "-0.1" is not a share between 0 and 1'],
  [{ SLOW_RATE: "0.3" }, "SLOW_MS: must be above 0 when SLOW_RATE is"],
  [{ SLOW_RATE: "0.3", SLOW_MS: "1.5" }, 'SLOW_MS: "1.5" is not a whole number between 0 and 60000'],
  [{ PORT: "0x50" }, 'PORT: "0x50" is not a whole number between 0 and 65535'],
  [
    { PORT: "70000", ERROR_RATE: "NaN" },
    'PORT: "70000" is not a whole number between 0 and 65535; ERROR_RATE: "NaN" is not a share between 0 and 1',
  ],
] as const) {
  test(`${JSON.stringify(env)} is refused: ${reason}`, () => {
    assert.throws(() => readSettings(env), new SettingsError(reason));
  });
}

test("a start that is refused logs one line that says why and exits with 1", async (t) => {
  const echo = spawnEcho(t, { ERROR_RATE: "2" });
  assert.equal(await echo.exited, 1);
  assert.deepEqual(
    echo.lines.map(({ event, reason }) => ({ event, reason })),
    [{ event: "not started", reason: 'ERROR_RATE: "2" is not a share between 0 and 1' }],
  );
});

for (const [header, traceId] of [
  ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736"],
  ["cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later", "4bf92f3577b34da6a3ce929d0e0e4736"],
  ["ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", undefined],
  ["00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", undefined],
  [`00-${"0".repeat(32)}-00f067aa0ba902b7-01`, undefined],
  [`00-4bf92f3577b34da6a3ce929d0e0e4736-${"0".repeat(16)}-01`, undefined],
  ["hello", undefined],
  [undefined, undefined],
] as const) {
  test(`the trace id of traceparent ${header} is ${traceId}`, () => assert.equal(traceIdOf(header), traceId));
}

for (const [env, wanted] of [
  [{}, false],
  [{ OTEL_SERVICE_NAME: "echo" }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318", OTEL_SDK_DISABLED: "true" }, false],
  [{ OTEL_TRACES_EXPORTER: "console" }, true],
  [{ OTEL_TRACES_EXPORTER: "none", OTEL_METRICS_EXPORTER: "none" }, false],
] as const) {
  test(`${JSON.stringify(env)} ${wanted ? "asks" : "does not ask"} for telemetry`, () => assert.equal(telemetryWanted(env), wanted));
}
