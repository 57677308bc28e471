import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { CommandError } from "../errors.ts";
import type { Step } from "./steps.ts";

const WHERE_FROM = {
  aws: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  pulumi: "https://www.pulumi.com/docs/iac/download-install",
} as const;

export interface Outcome {
  readonly succeeded: boolean;
  readonly stdout: string;
  /** All that it printed, in the order in which it came. */
  readonly output: string;
}

/**
 * Runs a step to its end.
 * @param environment of the process, below the step's own
 * @param onLine told each line as it comes
 * @throws CommandError that says where to get a program that is not on the PATH
 */
export async function runStep(
  { program, args, environment: own }: Step,
  environment: Readonly<Record<string, string | undefined>>,
  cwd: string,
  onLine: (line: string) => void = () => undefined,
): Promise<Outcome> {
  const child = spawn(program, args, { cwd, env: { ...environment, ...own }, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, output]: [string[], string[]] = [[], []];
  const take = (line: string) => {
    output.push(line);
    onLine(line);
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    stdout.push(line);
    take(line);
  });
  createInterface({ input: child.stderr }).on("line", take);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", (error) =>
      reject(new CommandError(`${program} cannot be run (${error.message}). To get it: ${WHERE_FROM[program]}`)),
    );
    child.once("close", resolve);
  });
  return { succeeded: code === 0, stdout: stdout.join("\n"), output: output.join("\n") };
}
