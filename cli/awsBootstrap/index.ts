// Makes the place where all other stacks keep their states. It is itself a stack: its state is made on this machine and then taken into the bucket.
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { StatePlace } from "../../infra/bootstrap/place.ts";
import { CommandError } from "../errors.ts";
import { runStep } from "./run.ts";
import { type Step, stepsOf } from "./steps.ts";
import { commandLine } from "./words.ts";

export { type OrderFlags, orderOf } from "./order.ts";
export { dryRun, nextSteps } from "./words.ts";

export interface BootstrapOptions {
  /** Finds `aws`, its credentials, and `pulumi`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder of the program, which also keeps the stack's config. */
  readonly project: string;
  /** Folder for the state until there is a bucket for it. What a run that was cut short left there, the next one goes on with. */
  readonly local: string;
  readonly say: (line: string) => void;
}

/**
 * Afterwards there is a backend at `place` whose own state is in it. Can be run again, also after it was cut short, and then changes what is not as it should be.
 * @throws CommandError when the credentials are for another account, when the bucket is somebody else's, and with the output of a step that fails
 */
export async function bootstrapAws(place: StatePlace, { environment, project, local, say }: BootstrapOptions): Promise<void> {
  const steps = stepsOf(place, local);
  const ask = (step: Step) => runStep(step, environment, project);
  await checkAccount(place, steps.account, ask);
  const isThere = await bucketIsThere(place, steps.bucket, ask);
  const isMoved = isThere && (await holdsResources(steps.moved, ask));
  if (isThere && !isMoved && !existsSync(join(local, ".pulumi", "stacks", "sluice-state", `${place.name}.json`)))
    throw new CommandError(
      `there is a bucket ${place.name} already that this command did not make, or it was made on another machine and never finished: nothing was done; take another name`,
    );

  await mkdir(local, { recursive: true, mode: 0o700 });
  for (const step of isMoved ? steps.update : [...steps.make, ...steps.move]) {
    say(`${step.what}: ${commandLine(step)}`);
    const { succeeded, output } = await runStep(step, environment, project, (line) => say(`  ${line}`));
    if (!succeeded) throw new CommandError(failure(step, output));
  }
  await rm(local, { recursive: true });
}

type Ask = (step: Step) => ReturnType<typeof runStep>;

async function checkAccount({ account }: StatePlace, step: Step, ask: Ask): Promise<void> {
  const { succeeded, stdout, output } = await ask(step);
  if (!succeeded) throw new CommandError(`AWS does not say whose credentials these are; nothing was done:\n${output}`);
  const actual = stdout.trim();
  if (actual !== account)
    throw new CommandError(
      `these credentials are for account ${actual}, not ${account}; nothing was done. Others are taken with AWS_PROFILE=NAME`,
    );
}

async function bucketIsThere({ name }: StatePlace, step: Step, ask: Ask): Promise<boolean> {
  const { succeeded, output } = await ask(step);
  if (succeeded) return true;
  if (/\b404\b/.test(output)) return false;
  throw new CommandError(`the bucket ${name} is somebody else's, or these credentials may not look at it; nothing was done:\n${output}`);
}

const exported = z.object({ deployment: z.object({ resources: z.array(z.unknown()).optional() }) });

async function holdsResources(step: Step, ask: Ask): Promise<boolean> {
  const { succeeded, stdout } = await ask(step);
  return succeeded && (exported.parse(JSON.parse(stdout)).deployment.resources ?? []).length > 0;
}

function failure({ what, program }: Step, output: string): string {
  const lastWords = output.split("\n").slice(-10).join("\n");
  return `${what}: ${program} failed. Nothing of what was made is lost; run it again to go on:\n${lastWords}`;
}
