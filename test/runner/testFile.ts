// Running one test file in a process of its own, under a deadline.
import { once } from "node:events";
import path from "node:path";
import { type EventData, run } from "node:test";
import { inspect } from "node:util";
import type { Failure, Result } from "./result.ts";

const LONGEST_OUTPUT = 20_000;

/**
 * Runs a file and counts its tests (suites are not tests). What the file printed is shown with its first failure only.
 * @param stop ends the file before its time, as when the whole run is interrupted
 */
export async function runTestFile(root: string, file: string, deadlineSeconds: number, stop: AbortSignal): Promise<Result> {
  const started = performance.now();
  const deadline = AbortSignal.timeout(deadlineSeconds * 1000);
  const failures: Failure[] = [];
  let output = "";
  let passed = 0;
  let skipped = 0;
  const events = run({ files: [path.join(root, file)], cwd: root, signal: AbortSignal.any([deadline, stop]) });
  const keep = ({ message }: { message: string }) => {
    output = (output + message).slice(-LONGEST_OUTPUT);
  };
  events.on("test:stdout", keep);
  events.on("test:stderr", keep);
  events.on("test:pass", ({ details, skip }) => {
    if (details.type === "suite") return;
    if (skip === undefined) passed += 1;
    else skipped += 1;
  });
  events.on("test:fail", (data) => {
    if (isOwnFailure(data))
      failures.push(isWholeFile(data) ? fileFailure(file, deadline.aborted ? deadlineSeconds : undefined) : failureOf(data, file));
  });
  await once(events.resume(), "end");
  const [first, ...rest] = failures;
  const explained = first ? [withOutput(first, output), ...rest] : [];
  return { name: file, passed, skipped, failures: explained, seconds: (performance.now() - started) / 1000 };
}

/** A suite or a parent fails because of a test in it, which is reported itself. */
function isOwnFailure({ details }: EventData.TestFail): boolean {
  return !("failureType" in details.error && details.error.failureType === "subtestsFailed");
}

/** The runner reports a file that crashed, or was ended, under the file's own path. */
function isWholeFile({ name }: EventData.TestFail): boolean {
  return path.isAbsolute(name);
}

function fileFailure(file: string, overdueSeconds: number | undefined): Failure {
  const text =
    overdueSeconds === undefined
      ? `${file} ended with an error outside of its tests`
      : `${file} was not done after ${overdueSeconds} s and was ended: a test hangs, or something it started is still open`;
  return { test: "the file itself", text };
}

function failureOf({ name, line, details }: EventData.TestFail, file: string): Failure {
  const { cause, message } = details.error;
  return { test: name, text: `${file}:${line ?? 0}\n${cause instanceof Error ? inspect(cause, { depth: 6 }) : message}` };
}

function withOutput(failure: Failure, output: string): Failure {
  const printed = output.trim();
  return printed === "" ? failure : { ...failure, text: `${failure.text}\n\nprinted by this file:\n${printed}` };
}
