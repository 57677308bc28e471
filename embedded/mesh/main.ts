import { PlatformError } from "../errors.ts";
import { clientFor } from "../kube/index.ts";
import { problemReporter } from "./events.ts";
import { prepareEnvoy } from "./files.ts";
import { type MeshFlags, parseFlags } from "./flags.ts";
import { serveHealth } from "./health.ts";
import { log } from "./log.ts";
import { startMeshLoop } from "./loop.ts";
import { watchRefusals } from "./refusals.ts";

/** The mesh part: runs until it is told to end, or until it cannot write, when the supervisor starts it again. */
async function run(flags: MeshFlags): Promise<void> {
  process.on("SIGTERM", () => process.exit(0));
  process.on("SIGINT", () => process.exit(0));
  let ready = false;
  const refusals = watchRefusals(flags.adminPort, log);
  await serveHealth(flags.healthPort, () => ({ ready, reason: refusals.reason() }));
  await prepareEnvoy(flags);
  const client = await clientFor(flags.kubeconfig);
  const reporter = problemReporter(client, log);
  await startMeshLoop(client, { dir: flags.dir, log, onProblems: reporter.update, onFailure: fail });
  ready = true;
  log("info", "ready", { gateway: `http://127.0.0.1:${flags.gatewayPort}` });
}

function fail(error: unknown): never {
  const isForUser = error instanceof PlatformError;
  process.stderr.write(`${isForUser || !(error instanceof Error) ? String(isForUser ? error.message : error) : error.stack}\n`);
  process.exit(1);
}

try {
  await run(parseFlags(process.argv.slice(2)));
} catch (error) {
  fail(error);
}
