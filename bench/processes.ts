// What the processes of a `pulumi` command use, by what they do (Linux: read from /proc).
import { readdirSync, readFileSync } from "node:fs";

const SAMPLE_MS = 100;

/** Linux counts processor time in hundredths of a second, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;

/** By command line. `providers` are Kubernetes' and, where services are judged, the one that gates run in. */
const ROLES = {
  engine: /^\S*\/pulumi /,
  program: /@pulumi\/pulumi\/cmd\/run/,
  providers: /kubernetesProvider\/main\.ts|\/pulumi-resource-kubernetes |@pulumi\/pulumi\/cmd\/dynamic-provider/,
} as const;

export type Role = keyof typeof ROLES;

export interface Usage {
  readonly processorSeconds: number;
  /** The most that was resident; of several processes, the sum. */
  readonly memoryMiB: number;
}

/** Runs `work` and returns what the processes of Pulumi that it starts used until their end, short of the last tenth of a second. */
export async function usageDuring(work: () => Promise<unknown>): Promise<Readonly<Record<Role, Usage>>> {
  const seen = new Map<number, Usage & { readonly role: Role }>();
  const look = () => {
    for (const pid of descendants(process.pid)) {
      const role = roleOf(textOf(`/proc/${pid}/cmdline`).replaceAll("\0", " "));
      const usage = usageOf(pid);
      if (role !== undefined && usage !== undefined) seen.set(pid, { ...usage, role });
    }
  };
  const timer = setInterval(look, SAMPLE_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  const total = (role: Role): Usage => {
    const own = [...seen.values()].filter((usage) => usage.role === role);
    return { processorSeconds: sum(own.map((usage) => usage.processorSeconds)), memoryMiB: sum(own.map((usage) => usage.memoryMiB)) };
  };
  return { engine: total("engine"), program: total("program"), providers: total("providers") };
}

/** What a process of Pulumi does, by its command line; undefined for the language host, for launchers and for all others. */
export function roleOf(commandLine: string): Role | undefined {
  return (["engine", "program", "providers"] as const).find((role) => ROLES[role].test(commandLine));
}

function usageOf(pid: number): Usage | undefined {
  const [, utime, stime] = /\) \S(?: \S+){10} (\d+) (\d+) /.exec(textOf(`/proc/${pid}/stat`)) ?? [];
  const [, kibibytes] = /^VmHWM:\s+(\d+)/m.exec(textOf(`/proc/${pid}/status`)) ?? [];
  if (kibibytes === undefined) return undefined;
  return { processorSeconds: (Number(utime) + Number(stime)) / TICKS_PER_SECOND, memoryMiB: Number(kibibytes) / 1024 };
}

/** Every thread has the processes that it started. */
function descendants(ancestor: number): readonly number[] {
  const children = tasksOf(ancestor).flatMap((task) => textOf(`/proc/${ancestor}/task/${task}/children`).match(/\d+/g) ?? []);
  return children.map(Number).flatMap((child) => [child, ...descendants(child)]);
}

function tasksOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Processes end while they are looked at. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
