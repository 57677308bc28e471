import { setTimeout as sleep } from "node:timers/promises";

/**
 * Sends a signal; false when the process is gone already.
 * @param pid negative for the whole group that the process leads.
 */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/**
 * Ends processes: SIGTERM, then SIGKILL for those that are still there after the grace.
 * @param find gives the processes that should be gone; asked again, so that what they start meanwhile is found too.
 * @returns how many had to be killed.
 */
export async function endAll(find: () => readonly { readonly pid: number }[], graceSeconds: number): Promise<number> {
  const told = new Set<number>();
  const deadline = Date.now() + graceSeconds * 1000;
  for (let left = find(); left.length > 0; left = find()) {
    if (Date.now() >= deadline) {
      for (const { pid } of left) signal(pid, "SIGKILL");
      await sleep(50);
      return left.length;
    }
    for (const { pid } of left) if (!told.has(pid)) signal(pid, "SIGTERM");
    for (const { pid } of left) told.add(pid);
    await sleep(100);
  }
  return 0;
}
