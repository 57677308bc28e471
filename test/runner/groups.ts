// Which test files run together. A file's name says what it needs: *.integration.test.ts starts real programs, test/e2e runs whole rollouts.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export interface Group {
  readonly name: "unit" | "integration" | "end to end";
  /** Relative to the project's root, sorted. */
  readonly files: readonly string[];
  /** Files at a time: parts that run for real would slow each other into false time-outs. */
  readonly atOnce: number;
  /** How long one file may take before it is ended and counted as failed. */
  readonly deadlineSeconds: number;
  readonly needsTools: boolean;
}

/** Sorts test files into groups; groups without a file are left out. */
export function groupsOf(files: readonly string[]): readonly Group[] {
  const e2e = files.filter((file) => file.startsWith(`test${path.sep}e2e${path.sep}`));
  const integration = files.filter((file) => file.endsWith(".integration.test.ts") && !e2e.includes(file));
  const unit = files.filter((file) => !e2e.includes(file) && !integration.includes(file));
  const groups: readonly Group[] = [
    { name: "unit", files: unit, atOnce: os.availableParallelism(), deadlineSeconds: 300, needsTools: false },
    { name: "integration", files: integration, atOnce: 1, deadlineSeconds: 600, needsTools: true },
    { name: "end to end", files: e2e, atOnce: 1, deadlineSeconds: 1200, needsTools: true },
  ];
  return groups.filter((group) => group.files.length > 0);
}

/** All test files whose path holds one of the patterns; without patterns, all there are. */
export function testFiles(root: string, patterns: readonly string[]): readonly string[] {
  const all = fs.globSync("test/**/*.test.ts", { cwd: root }).sort();
  return patterns.length === 0 ? all : all.filter((file) => patterns.some((pattern) => file.includes(pattern)));
}
