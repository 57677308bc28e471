// Stack local as a program drives it: set a tag, bring it up, read the record. What `npm run demo` and the benchmarks do.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { GateRecord } from "@sluice/gate";
import { CommandError } from "../errors.ts";
import { paths } from "../paths.ts";
import { gateLine } from "./gateLines.ts";
import { recordOf, resourcesOf } from "./record.ts";
import { STACK } from "./run.ts";

export interface StackOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** The stack's file to read and write: a copy, so that the one in the checkout stays as it is. */
  readonly configFile: string;
  /** Told the gate's lines as they come. */
  readonly onGateLine: (line: string) => void;
}

export interface UpResult {
  readonly succeeded: boolean;
  /** All that `pulumi up` printed. */
  readonly output: string;
}

export interface LocalStack {
  /** `pulumi config set --path sluice:<path> <value>`, such as "services.echo.tag". */
  set(path: string, value: string): Promise<void>;
  /** `pulumi up --yes --skip-preview` */
  up(): Promise<UpResult>;
  /** `pulumi preview` */
  preview(): Promise<UpResult>;
  recordOf(service: string): Promise<GateRecord | undefined>;
  /** Resources that the stack has now. */
  resourceCount(): Promise<number>;
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
}

/** What runs now, of all stacks: a signal is for the whole process. */
const running = new Set<Run>();
let interrupted = false;

/** Interrupts what runs, as Ctrl-C does, and waits for its end. From then on nothing is run on any stack any more. */
export async function interruptPulumi(): Promise<void> {
  interrupted = true;
  for (const { child } of running) child.kill("SIGINT");
  await Promise.allSettled([...running].map(({ ended }) => ended));
}

export function localStack({ environment, configFile, onGateLine }: StackOptions): LocalStack {
  const common = ["--stack", STACK.name, "--config-file", configFile, "--non-interactive", "--color", "never"];

  async function pulumi(args: readonly string[], onLine: (line: string) => void = () => undefined): Promise<UpResult> {
    if (interrupted) throw new CommandError("interrupted");
    const child = spawn(join(paths.bin, "pulumi"), [...args, ...common], {
      // Not in the terminal's process group: a second signal beside that of `interruptPulumi` would make it leave its plugins behind.
      detached: true,
      cwd: paths.checkout,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
    const run = { child, ended };
    running.add(run);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        onLine(line);
      });
    }
    try {
      return { succeeded: (await ended) === 0, output: lines.join("\n") };
    } finally {
      running.delete(run);
    }
  }

  return {
    async set(path, value) {
      const { succeeded, output } = await pulumi(["config", "set", "--path", `${STACK.project}:${path}`, value]);
      if (!succeeded) throw new CommandError(`pulumi could not set ${path} to ${value}:\n${output}`);
    },
    up: () =>
      pulumi(["up", "--yes", "--skip-preview"], (line) => {
        const text = gateLine(line);
        if (text !== undefined) onGateLine(text);
      }),
    preview: () => pulumi(["preview"]),
    resourceCount: async () => (await resourcesOf(environment)).length,
    recordOf: (service) => recordOf(service, environment),
  };
}
