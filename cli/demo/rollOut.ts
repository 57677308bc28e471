// One rollout as a user does it, a new tag and `pulumi up`, and what became of it.
import { CommandError } from "../errors.ts";
import type { Load } from "../load/index.ts";
import type { LocalStack } from "../pulumi/index.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { type Release, SERVICE } from "./releases.ts";

/**
 * Rolls out a release under load.
 * @throws CommandError with all that `pulumi up` printed, when it did not end in a verdict
 */
export async function rollOut(release: Release, stack: LocalStack, load: Load): Promise<Outcome> {
  const start = load.mark();
  await stack.set(`services.${SERVICE}.tag`, release.tag);
  const { succeeded, output } = await stack.up();
  const record = await stack.recordOf(SERVICE);
  if (record === undefined || !record.image.endsWith(`:${release.tag}`))
    throw new CommandError(`pulumi up did not get as far as a verdict:\n${output}`);
  if (succeeded !== (record.verdict === "promoted"))
    throw new CommandError(`pulumi up ${succeeded ? "succeeded" : "failed"}, but the verdict is "${record.verdict}":\n${output}`);
  return outcomeOf(release, record, load.since(start));
}
