// The checks that are not tests of behaviour: types, format and lint. Each counts as one test.
import path from "node:path";
import { ProgramFailure, runProgram } from "../../embedded/toolchain/program.ts";
import type { Result } from "./result.ts";

const DEADLINE_SECONDS = 600;

interface Check {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

export const checks: readonly Check[] = [
  { name: "types (tsc)", program: "tsc", args: ["--noEmit", "--pretty", "false"] },
  { name: "format and lint (biome)", program: "biome", args: ["check", "--error-on-warnings", "."] },
];

/** Runs one check; what it prints is the failure's text. */
export async function runCheck(root: string, { name, program, args }: Check): Promise<Result> {
  const started = performance.now();
  const text = await complaint(path.join(root, "node_modules", ".bin", program), args, root);
  const failures = text === undefined ? [] : [{ test: name, text }];
  return { name, passed: 1 - failures.length, skipped: 0, failures, seconds: (performance.now() - started) / 1000 };
}

async function complaint(file: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  try {
    await runProgram(file, args, { cwd, seconds: DEADLINE_SECONDS });
    return undefined;
  } catch (error) {
    if (error instanceof ProgramFailure) return error.output.trim() || error.message;
    throw error;
  }
}
