// The sample service: answers, measures itself, misbehaves when told to, and leaves without dropping a request.
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { createEchoServer } from "./server.ts";
import { readSettings, type Settings, SettingsError } from "./settings.ts";
import { idsOnly, telemetryWanted } from "./trace.ts";

/** How long the service goes on answering after it was told to leave: time for the mesh to notice and send its requests elsewhere. */
const drainMs = 3000;

try {
  await run(readSettings(process.env));
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  log("error", "not started", { reason: error.message });
  process.exitCode = 1;
}

async function run({ host, port, version, faults }: Settings): Promise<void> {
  let ready = true;
  const self = { version, hostname: hostname() };
  const telemetry = telemetryWanted(process.env) ? (await import("./openTelemetry.ts")).startTelemetry(version) : undefined;
  const server = createEchoServer({
    faults,
    metrics: createMetrics(version),
    tracer: telemetry?.tracer ?? idsOnly,
    identity: () => ({ ...self, ready }),
  });
  server.once("error", (error) => {
    log("error", "not started", { reason: error.message });
    process.exit(1);
  });
  server.listen(port, host, () => {
    log("info", "listening", { address: server.address(), version, faults, start_ms: Math.round(performance.now()) });
  });

  const leave = async (signal: string) => {
    ready = false;
    log("info", "draining", { signal });
    await sleep(drainMs);
    // Closes idle connections and waits for those with a request in flight.
    await new Promise((closed) => server.close(closed));
    await telemetry?.shutdown().catch((error: unknown) => log("error", "telemetry lost", { reason: String(error) }));
    log("info", "stopped");
    process.exit(0);
  };
  process.once("SIGTERM", leave);
  process.once("SIGINT", leave);
}
