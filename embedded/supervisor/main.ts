/** The supervisor's process: `main.ts --plan FILE [--until-stdin-closes]`. Ends, with all parts, on SIGTERM, SIGINT or SIGHUP. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Plan } from "./plan.ts";
import { supervise } from "./supervisor.ts";

const { values } = parseArgs({ options: { plan: { type: "string" }, "until-stdin-closes": { type: "boolean", default: false } } });
if (values.plan === undefined) {
  console.error("supervisor: --plan FILE is missing");
  process.exit(2);
}

// Whatever a part writes (keys, data, logs) is the user's own.
process.umask(0o077);
const supervisor = supervise(Plan.parse(JSON.parse(readFileSync(values.plan, "utf8"))));

async function stop(): Promise<void> {
  await supervisor.stop();
  process.exit(0);
}
for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, stop);
process.on("exit", () => supervisor.kill());
if (values["until-stdin-closes"]) process.stdin.on("close", stop).resume();
