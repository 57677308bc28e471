// A machine with a docker and a kind that only pretend, for the scripts that a kind cluster is made by.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { temporaryFolder } from "../../../support/folder.ts";

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What it called, each argument in angle brackets: "kind <get> <clusters>". */
  readonly calls: readonly string[];
}

export interface Machine {
  /** Runs a script as Pulumi does. */
  run(script: string, environment: Readonly<Record<string, string>>, stdin?: string): Ran;
  /** From now on this fails: info, run, start, create, build or push. */
  fail(what: string): void;
  /** Where its files are. */
  readonly folder: string;
  /** The contents of a file of the pretended machine, such as "clusters/dev"; undefined where it is not. */
  has(file: string): string | undefined;
}

/** @param tools what is on its PATH */
export async function machine(t: TestContext, tools: readonly ("docker" | "kind")[] = ["docker", "kind"]): Promise<Machine> {
  const folder = await temporaryFolder(t);
  for (const name of ["bin", "fails", "containers", "networks", "marks", "nodes", "clusters", "registry"]) mkdirSync(join(folder, name));
  for (const tool of tools) symlinkSync(join(import.meta.dirname, "fakes", tool), join(folder, "bin", tool));
  const has = (file: string) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : undefined);
  return {
    folder,
    has,
    fail: (what) => writeFileSync(join(folder, "fails", what), ""),
    run(script, environment, stdin = "") {
      const before = has("calls")?.length ?? 0;
      // What is missing must be missing, also where the machine that tests has it.
      const path = tools.length === 2 ? `${join(folder, "bin")}:/usr/bin:/bin` : join(folder, "bin");
      const env = { ...environment, FAKE: folder, PATH: path };
      const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", script], { cwd: folder, env, input: stdin, encoding: "utf8" });
      const calls = (has("calls") ?? "")
        .slice(before)
        .split("\n")
        .filter((line) => line !== "");
      return { code: status, stdout, stderr, calls };
    },
  };
}
