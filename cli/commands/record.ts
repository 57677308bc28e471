import { Command } from "commander";
import { CommandError } from "../errors.ts";
import { pulumiEnvironment, recordOf, selectLocalStack } from "../pulumi/index.ts";

/** `sluice record SERVICE`: the evidence and the verdict of the last rollout, also of one that failed. */
export function recordCommand(): Command {
  return new Command("record")
    .description("print the gate's record of a service's last rollout as JSON, from stack local's state; `sluice replay -` reads it")
    .argument("<service>", "name of the service")
    .action(async (service: string) => {
      const environment = await pulumiEnvironment((line) => console.error(line));
      await selectLocalStack(environment);
      const record = await recordOf(service, environment);
      if (record === undefined)
        throw new CommandError(`stack local has no record of a service "${service}": nothing of that name was rolled out`);
      console.log(JSON.stringify(record, undefined, 2));
    });
}
