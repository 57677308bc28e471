import { clientFor } from "../kube/index.ts";
import { endOnSignal, fail, type Health, log, serveHealth, startStandIn } from "../standIn/index.ts";
import { ensureTool } from "../toolchain/index.ts";
import { prometheusFiles } from "./files.ts";
import { parseFlags } from "./flags.ts";
import { startMetricsLoop } from "./loop.ts";
import { checkJobs, checkRules } from "./promtool.ts";
import { reloadPrometheus } from "./reload.ts";
import { createVerdicts } from "./verdicts.ts";

/** The metrics part: runs until it is told to end, or until something is wrong that only a new start can mend. */
await startStandIn(async (args) => {
  const { kubeconfig, dir, prometheusPort, envoyAdminPort, healthPort } = parseFlags(args);
  endOnSignal();
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
});
