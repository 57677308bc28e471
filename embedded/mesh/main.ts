import { clientFor } from "../kube/index.ts";
import { endOnSignal, fail, log, problemReporter, serveHealth, startStandIn } from "../standIn/index.ts";
import { prepareEnvoy } from "./files.ts";
import { parseFlags } from "./flags.ts";
import { startMeshLoop } from "./loop.ts";
import { watchRefusals } from "./refusals.ts";

/** A route is often there before the Service it leads to: a problem is told when it still stands after this time. */
const SETTLE_MS = 2000;

/** The mesh part: runs until it is told to end, or until it cannot write, when the supervisor starts it again. */
await startStandIn(async (args) => {
  const flags = parseFlags(args);
  endOnSignal();
  let ready = false;
  const refusals = watchRefusals(flags.adminPort, log);
  await serveHealth(flags.healthPort, () => ({ ready, reason: refusals.reason() }));
  await prepareEnvoy(flags);
  const client = await clientFor(flags.kubeconfig);
  const onProblems = problemReporter(client, log, { component: "sluice-mesh", settleMs: SETTLE_MS });
  await startMeshLoop(client, { dir: flags.dir, log, onProblems, onFailure: fail });
  ready = true;
  log("info", "ready", { gateway: `http://127.0.0.1:${flags.gatewayPort}` });
});
