import { PlatformError } from "../errors.ts";
import { clientFor } from "../kube/index.ts";
import { ensureTool } from "../toolchain/index.ts";
import { prometheusFiles } from "./files.ts";
import { type MetricsFlags, parseFlags } from "./flags.ts";
import { type Health, serveHealth } from "./health.ts";
import { log } from "./log.ts";
import { startMetricsLoop } from "./loop.ts";
import { checkJobs, checkRules } from "./promtool.ts";
import { reloadPrometheus } from "./reload.ts";
import { createVerdicts } from "./verdicts.ts";

/** The metrics part: runs until it is told to end, or until something is wrong that only a new start can mend. */
async function run({ kubeconfig, dir, prometheusPort, envoyAdminPort, healthPort }: MetricsFlags): Promise<void> {
  process.on("SIGTERM", () => process.exit(0));
  process.on("SIGINT", () => process.exit(0));
  let health = (): Health => ({ ready: false, reason: undefined });
  await serveHealth(healthPort, () => health());
  const promtool = await ensureTool("promtool", { onProgress: (line) => log("info", line) });
  health = startMetricsLoop(await clientFor(kubeconfig), {
    files: await prometheusFiles(dir, envoyAdminPort),
    judges: { jobs: createVerdicts(checkJobs(promtool)), rules: createVerdicts(checkRules(promtool)) },
    reload: () => reloadPrometheus(prometheusPort),
    log,
    onFailure: fail,
  });
}

function fail(error: unknown): never {
  const text = error instanceof PlatformError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

try {
  await run(parseFlags(process.argv.slice(2)));
} catch (error) {
  fail(error);
}
