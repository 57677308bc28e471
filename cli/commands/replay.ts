import { readFileSync } from "node:fs";
import { GateError, replay } from "@sluice/gate";
import { Command } from "commander";

/** `sluice replay FILE`: judges the evidence of a past rollout again. */
export function replayCommand(): Command {
  return new Command("replay")
    .description("judge the evidence in a file (a gate's record, or evidence of version 1) again")
    .argument("<file>", "JSON file; - reads standard input")
    .option("--json", "print the decision as JSON")
    .action((file: string, { json }: { json?: true }) => {
      const decision = replay(readJson(file));
      console.log(json ? JSON.stringify(decision) : inWords(decision));
    });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"));
  } catch (error) {
    throw new GateError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function inWords({ decision, look, logE, terms, good, against }: ReturnType<typeof replay>): string {
  const e = (log: number) => Math.exp(log).toPrecision(4);
  return [
    `${decision} at look ${look}: E = ${e(logE)}`,
    ...Object.entries(terms).map(([name, log]) => `  ${name.padEnd(28)} e = ${e(log)}`),
    ...Object.entries(good).map(([name, log]) => `  ${`${name}/good`.padEnd(28)} e = ${e(log)}  (judged against ${against[name]})`),
  ].join("\n");
}
