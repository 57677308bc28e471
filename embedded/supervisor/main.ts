/** The supervisor's process: `main.ts --plan FILE [--until-stdin-closes]`. Ends, with all parts, on SIGTERM, SIGINT or SIGHUP. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { messageOf } from "../errors.ts";
import { Plan } from "./plan.ts";
import { supervise } from "./supervisor.ts";

function readFlags(): { readonly plan: Plan; readonly untilStdinCloses: boolean } {
  const options = { plan: { type: "string" }, "until-stdin-closes": { type: "boolean", default: false } } as const;
  const { plan, "until-stdin-closes": untilStdinCloses } = parseArgs({ options }).values;
  if (plan === undefined) throw new Error("--plan FILE is missing");
  return { plan: Plan.parse(JSON.parse(readFileSync(plan, "utf8"))), untilStdinCloses };
}

function run({ plan, untilStdinCloses }: ReturnType<typeof readFlags>): void {
  // Whatever a part writes (keys, data, logs) is the user's own.
  process.umask(0o077);
  const supervisor = supervise(plan);
  const stop = () => supervisor.stop().then(() => process.exit(0));
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, stop);
  process.on("exit", supervisor.kill);
  if (untilStdinCloses) process.stdin.on("close", stop).resume();
}

try {
  run(readFlags());
} catch (error) {
  console.error(`supervisor: ${messageOf(error)}`);
  process.exitCode = 2;
}
