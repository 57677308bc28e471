import { readdirSync, readFileSync } from "node:fs";

const SAMPLE_MS = 100;

/** Runs `work` and returns the most memory, in MiB, that the processes it starts held together (resident, sampled ten times a second; Linux). */
export async function peakMemoryMiB(work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, residentMiB(descendants(process.pid)))), SAMPLE_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return peak;
}

function residentMiB(pids: readonly number[]): number {
  const kibibytes = pids.map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0));
  return kibibytes.reduce((sum, kib) => sum + kib, 0) / 1024;
}

function descendants(ancestor: number): readonly number[] {
  const children = Map.groupBy(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number),
    // After the command's name, which may hold anything, in parentheses: state, parent.
    (pid) => Number(/\) \S (\d+) /.exec(textOf(`/proc/${pid}/stat`))?.[1]),
  );
  const below = (pid: number): readonly number[] => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(ancestor);
}

/** Processes end while they are looked at. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
