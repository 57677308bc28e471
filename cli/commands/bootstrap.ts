import { join } from "node:path";
import { Command } from "commander";
import { bootstrapAws, dryRun, nextSteps, type OrderFlags, orderOf } from "../awsBootstrap/index.ts";
import { paths } from "../paths.ts";
import { pulumiEnvironment } from "../pulumi/index.ts";

type Flags = OrderFlags & { readonly dryRun?: true };

/** `sluice bootstrap aws`: what has to be there before the first `pulumi up` on AWS. */
export function bootstrapCommand(): Command {
  const aws = new Command("aws")
    .description(
      "make a bucket for Pulumi's states and a key for their secrets, or bring them up to date; needs the aws command and its credentials",
    )
    .option("--account <id>", "the account it shall be in, twelve digits; required, and credentials for any other are refused")
    .option("--region <region>", "the region it shall be in, such as eu-central-1; required")
    .option("--name <name>", "the bucket's name, unique in all of AWS; required")
    .option("--dry-run", "print the commands and run none")
    .action(runAws);
  return new Command("bootstrap").description("what has to be there before the first pulumi up in a cloud").addCommand(aws);
}

async function runAws({ dryRun: isDry, ...flags }: Flags): Promise<void> {
  const place = orderOf(flags);
  const project = join(paths.checkout, "infra", "bootstrap");
  const local = join(paths.bootstrap, place.name);
  if (isDry) return console.log(dryRun(place, project, local));
  const environment = { ...process.env, ...(await pulumiEnvironment((line) => console.error(line))) };
  await bootstrapAws(place, { environment, project, local, say: (line) => console.log(line) });
  console.log(`\n${nextSteps(place)}`);
}
