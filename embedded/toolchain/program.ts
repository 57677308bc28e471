// Running another program to its end: its output caught, a deadline kept, and every way to fail told apart in words.
import { spawn } from "node:child_process";

export interface ProgramOptions {
  readonly seconds: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A program that was not there, ended with an error or had to be ended; output is everything it wrote. */
export class ProgramFailure extends Error {
  override readonly name = "ProgramFailure";
  readonly output: string;

  constructor(message: string, output: string) {
    super(message);
    this.output = output;
  }
}

/**
 * Runs a program and returns what it wrote to stdout and stderr together with what it wrote to stdout alone. Rejects with a
 * ProgramFailure that says why in one line: not installed, exit code and last words, or past its deadline.
 */
export function runProgram(file: string, args: readonly string[], options: ProgramOptions): Promise<{ stdout: string; all: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ stdout: string; all: string }>();
  const called = [file, ...args.slice(0, 2)].join(" ");
  const child = spawn(file, args, { cwd: options.cwd, env: { ...(options.env ?? process.env) }, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let all = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    all += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    all += text;
  });
  const fail = (message: string) => {
    clearTimeout(deadline);
    reject(new ProgramFailure(message, all));
  };
  const deadline = setTimeout(() => {
    child.kill("SIGKILL");
    // What it started may keep its output open for longer than anybody wants to wait.
    child.stdout.destroy();
    child.stderr.destroy();
    fail(`${called} was not done after ${options.seconds} s and was ended`);
  }, options.seconds * 1000);
  child.once("error", (error: NodeJS.ErrnoException) => {
    fail(error.code === "ENOENT" ? `${file} is not installed` : `${called} could not be started: ${error.message}`);
  });
  child.once("close", (code, signal) => {
    if (code !== 0) return fail(`${called} failed (${code === null ? signal : `exit code ${code}`}): ${lastWords(all)}`);
    clearTimeout(deadline);
    resolve({ stdout, all });
  });
  return promise;
}

function lastWords(output: string): string {
  const lines = output.trim().split("\n").slice(-3);
  return lines.join(" | ").slice(-600) || "it said nothing";
}
