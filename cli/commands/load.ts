import { Command } from "commander";
import { readState } from "../../embedded/platform/index.ts";
import { CommandError } from "../errors.ts";
import { startLoad } from "../load/index.ts";
import { paths } from "../paths.ts";
import { requestRate } from "./requestRate.ts";

const REPORT_EVERY_MS = 2_000;

/** `sluice load`: steady traffic on a service of the embedded platform until Ctrl-C, and what became of it. */
export function loadCommand(): Command {
  return new Command("load")
    .description("send steady traffic to a service of the embedded platform, until Ctrl-C")
    .argument("[service]", "name of the service", "echo")
    .option("--rate <n>", "requests a second", requestRate, 200)
    .action(async (service: string, { rate }: { rate: number }) => {
      const platform = await readState(paths.platform);
      if (platform === undefined) throw new CommandError("the embedded platform is not up: npx sluice local up");
      const load = startLoad({ url: platform.gatewayUrl, host: `${service}.localhost`, ratePerSecond: rate });
      let mark = load.mark();
      const timer = setInterval(() => {
        const { versions, errors } = load.since(mark);
        mark = load.mark();
        const served = Object.entries(versions).map(
          ([version, { requests, failed, slow }]) => `${version}: ${requests} served, ${failed} failed, ${slow} slow`,
        );
        const unanswered = Object.entries(errors).map(([reason, count]) => `${count} unanswered (${reason})`);
        console.log([...served, ...unanswered].join("   "));
      }, REPORT_EVERY_MS);
      process.once("SIGINT", () => {
        clearInterval(timer);
        void load.stop();
      });
    });
}
