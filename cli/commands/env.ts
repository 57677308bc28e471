import { Command } from "commander";
import { pulumiEnvironment, selectLocalStack } from "../pulumi/index.ts";

/** `eval "$(npx sluice env)"`: plain `pulumi` in this shell then works on stack local. */
export function envCommand(): Command {
  return new Command("env").description("print the environment in which plain pulumi works on stack local, for eval").action(async () => {
    const environment = await pulumiEnvironment((line) => console.error(line));
    await selectLocalStack(environment);
    for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${quoted(value)}`);
  });
}

/** A shell word: single quotes keep everything but themselves. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
