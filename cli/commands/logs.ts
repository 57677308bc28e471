import { join } from "node:path";
import { Command } from "commander";
import { chooseLog, findLogs, readLog } from "../../embedded/node/index.ts";
import { paths } from "../paths.ts";

interface LogsFlags {
  readonly namespace: string;
  readonly container?: string;
  readonly previous?: boolean;
  readonly follow?: boolean;
  readonly stateDir: string;
}

/** `sluice logs POD`: what a container on the embedded platform has written, also after its pod is gone. */
export function logsCommand(): Command {
  return new Command("logs")
    .description("print the log of a pod on the embedded platform")
    .argument("<pod>", "the pod's name, or the beginning of it, such as the service's name")
    .option("-n, --namespace <name>", "the pod's namespace", "default")
    .option("-c, --container <name>", "the container, when the pod has several")
    .option("--previous", "the run before the last restart")
    .option("--follow", "go on with what is written from now on")
    .option("--state-dir <dir>", "the platform's state", paths.platform)
    .action(async (pod: string, { stateDir, namespace, container, previous = false, follow = false }: LogsFlags) => {
      const query = { pod, namespace, previous, ...(container !== undefined && { container }) };
      const log = chooseLog(await findLogs(join(stateDir, "node")), query);
      const interrupted = new AbortController();
      process.once("SIGINT", () => interrupted.abort());
      for await (const piece of readLog(log, { follow, signal: interrupted.signal })) process.stdout.write(piece);
    });
}
