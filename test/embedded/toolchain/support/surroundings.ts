// A machine to try the toolchain on: an empty cache, a PATH with nothing on it but what the test puts there, short deadlines, progress on record.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { progressInLines } from "../../../../embedded/toolchain/progress.ts";
import type { Deadlines, Surroundings } from "../../../../embedded/toolchain/surroundings.ts";
import type { Tool } from "../../../../embedded/toolchain/tool.ts";

export interface Machine extends Surroundings {
  /** Where programs of this machine's PATH lie. */
  readonly bin: string;
  readonly lines: readonly string[];
}

export interface MachineOptions {
  readonly tools: readonly Tool[];
  readonly mirror?: string;
  /** More of its environment, such as a proxy. */
  readonly env?: Readonly<Record<string, string>>;
  readonly deadlines?: Partial<Deadlines>;
}

/** Everything lies in one temporary folder, which is removed when the test ends. */
export function machine(t: TestContext, { tools, mirror, env, deadlines }: MachineOptions): Machine {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-toolchain-"));
  t.after(() => fs.rmSync(root, { recursive: true, force: true }));
  const bin = path.join(root, "bin");
  const modulesDir = path.join(root, "modules");
  fs.mkdirSync(bin);
  fs.mkdirSync(path.join(modulesDir, "hello"), { recursive: true });
  const lines: string[] = [];
  return {
    tools,
    bin,
    lines,
    cacheDir: path.join(root, "cache"),
    modulesDir,
    env: { PATH: bin, ...env, ...(mirror === undefined ? {} : { SLUICE_TOOLS_MIRROR: mirror }) },
    platform: "linux-x64",
    deadlines: { answer: 5, silence: 5, download: 20, build: 20, sources: 20, ...deadlines },
    progress: progressInLines((line) => lines.push(line)),
    unreachable: new Map(),
  };
}

/** Puts a shell script on the machine's PATH. It may call the programs of the real machine by their full path only. */
export function putOnPath({ bin }: Machine, name: string, script: string): string {
  const file = path.join(bin, name);
  fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

/** Links a program of the real machine onto the test's PATH. */
export function borrow(to: Machine, name: string): void {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const real = folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
  if (real === undefined) throw new Error(`this test needs ${name} on the PATH`);
  fs.symlinkSync(real, path.join(to.bin, name));
}

/** Every file under the cache, relative to it: what a failed attempt must leave empty. */
export function leftInCache({ cacheDir }: Surroundings): readonly string[] {
  if (!fs.existsSync(cacheDir)) return [];
  const entries = fs.readdirSync(cacheDir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(cacheDir, path.join(entry.parentPath, entry.name)));
}
