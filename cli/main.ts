// The command line: one file a command under commands/, put together here.
import { Command } from "commander";
import { boardCommand } from "./commands/board.ts";
import { bootstrapCommand } from "./commands/bootstrap.ts";
import { demoCommand } from "./commands/demo.ts";
import { envCommand } from "./commands/env.ts";
import { imageCommand } from "./commands/image.ts";
import { loadCommand } from "./commands/load.ts";
import { localCommand } from "./commands/local.ts";
import { logsCommand } from "./commands/logs.ts";
import { pulumiCommand } from "./commands/pulumi.ts";
import { recordCommand } from "./commands/record.ts";
import { replayCommand } from "./commands/replay.ts";
import { toolsCommand } from "./commands/tools.ts";

const program = new Command("sluice").description("A rollout is a code change: local platform, images, records").enablePositionalOptions();
for (const command of [
  demoCommand,
  localCommand,
  pulumiCommand,
  envCommand,
  imageCommand,
  loadCommand,
  boardCommand,
  logsCommand,
  recordCommand,
  replayCommand,
  bootstrapCommand,
  toolsCommand,
]) {
  program.addCommand(command());
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(isForUser(error) ? `error: ${error.message}` : error);
  process.exitCode = 1;
}

/** An error that the user can mend carries this mark, whichever room it comes from: it is printed without a stack. */
function isForUser(error: unknown): error is Error {
  return error instanceof Error && "forUser" in error;
}
