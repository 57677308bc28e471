import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { deadLocks, pulumiEnvironment, runPulumi, STACK, type StackLock, selectLocalStack } from "../pulumi/index.ts";

/** `sluice pulumi ARGS`: Pulumi on stack local, with the project's own tools. Everything after it is Pulumi's. */
export function pulumiCommand(): Command {
  return new Command("pulumi")
    .description("run pulumi with this project's tools, on stack local")
    .argument("[args...]")
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: string[]) => {
      const environment = await pulumiEnvironment((line) => console.error(line));
      await selectLocalStack(environment);
      await offerToUnlock(environment);
      process.exitCode = await runPulumi(args, environment);
    });
}

/** After a kill -9 the stack stays locked by a process that is gone: say so, and clear it if the user agrees. */
async function offerToUnlock(environment: Record<string, string>): Promise<void> {
  const backend = environment.PULUMI_BACKEND_URL ?? "";
  if (!backend.startsWith("file://")) return;
  const locks = await deadLocks(fileURLToPath(backend), STACK.project, STACK.name);
  if (locks.length === 0) return;
  console.error(locks.map(inWords).join("\n"));
  if (process.stdin.isTTY && (await agreed("Clear it? [y/N] "))) await runPulumi(["cancel", "--yes"], environment);
  else console.error("To clear it: npm run pulumi -- cancel --yes");
}

function inWords({ pid, username, timestamp }: StackLock): string {
  return `Stack ${STACK.name} is locked by process ${pid} of ${username} on this machine since ${timestamp}, and that process is gone.`;
}

async function agreed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test(await terminal.question(question));
  } finally {
    terminal.close();
  }
}
