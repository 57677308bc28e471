import { interruptPulumi, type UpResult } from "../cli/pulumi/index.ts";

/** No command takes this long, unless it waits for something that never comes. */
export const DEADLINE_MINUTES = 20;

/**
 * What a command of pulumi prints.
 * @throws when it fails: what a failed command took must not stand in a table. At the deadline it is interrupted, and fails.
 */
export async function succeeding(command: () => Promise<UpResult>): Promise<string> {
  const deadline = setTimeout(() => void interruptPulumi(), DEADLINE_MINUTES * 60_000);
  try {
    const { succeeded, output } = await command();
    if (!succeeded) throw new Error(`pulumi failed, or was interrupted after ${DEADLINE_MINUTES} min:\n${output}`);
    return output;
  } finally {
    clearTimeout(deadline);
  }
}
