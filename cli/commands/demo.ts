import { Command } from "commander";
import { requestRate } from "./requestRate.ts";

/** `npm run demo`: see cli/demo. */
export function demoCommand(): Command {
  return new Command("demo")
    .description("bring up a platform, roll out a good version and two bad ones under load, and show what became of them")
    .option("--keep", "leave it running at the end")
    .option("--rate <n>", "requests a second", requestRate, 200)
    .action(async ({ keep = false, rate }: { keep?: boolean; rate: number }) => {
      const { runDemo } = await import("../demo/index.ts");
      if (!(await runDemo({ keep, rate }))) process.exitCode = 1;
    });
}
