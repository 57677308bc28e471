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
  const keep = (text: string) => {
    output = (output + text).slice(-LONGEST_OUTPUT);
  };
  // The runner reports a file that has no test, crashed or was ended under the file's own path.
  const wholeFile = path.join(root, file);
  const events = run({ files: [wholeFile], cwd: root, signal: AbortSignal.any([deadline, stop]) });
  events.on("test:stdout", ({ message }) => keep(message));
  events.on("test:stderr", ({ message }) => keep(message));
  events.on("test:diagnostic", ({ file: about, message }) => {
    // Those about no file are the runner's own counts.
    if (about !== undefined) keep(`${message}\n`);
  });
  events.on("test:pass", (data) => {
    if (data.details.type === "suite") return;
    if (data.name === wholeFile) failures.push(fileFailure(`${file} has no test in it`));
    else if (data.skip !== undefined) skipped += 1;
    else passed += 1;
  });
  events.on("test:fail", (data) => {
    if (data.name === wholeFile) failures.push(fileFailure(endOf(file, stop.aborted, deadline.aborted ? deadlineSeconds : undefined)));
    else if (isOwnFailure(data)) failures.push(failureOf(data, file));
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

/** Why a file as a whole failed. */
function endOf(file: string, interrupted: boolean, overdueSeconds: number | undefined): string {
  if (interrupted) return `${file} was ended because the run was interrupted`;
  if (overdueSeconds === undefined) return `${file} ended with an error outside of its tests`;
  return `${file} was not done after ${overdueSeconds} s and was ended: a test hangs, or something it started is still open`;
}

function fileFailure(text: string): Failure {
  return { test: "the file itself", text };
}

function failureOf({ name, line, details }: EventData.TestFail, file: string): Failure {
  const { cause, message } = details.error;
  const text = cause instanceof Error ? inspect(cause, { depth: 6 }).replaceAll(/^ *at (?!.*\{$).*node:internal\/.*\n/gm, "") : message;
  return { test: name, text: `${file}:${line ?? 0}\n${text}` };
}

function withOutput(failure: Failure, output: string): Failure {
  const printed = output.trim();
  return printed === "" ? failure : { ...failure, text: `${failure.text}\n\nprinted by this file:\n${printed}` };
}
