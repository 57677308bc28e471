// `npm test [-- PATTERN...]`: types, format and lint, then every test file, group after group, whatever failed before. A line for each as it is done,
// the failures in full at the end, and `N passed, N failed` as the last line. With patterns, only the test files whose path holds one of them.
import path from "node:path";
import { crdFiles, ensureTools, toolNames } from "../embedded/toolchain/index.ts";
import { checks, runCheck } from "./runner/checks.ts";
import { type Group, groupsOf, testFiles } from "./runner/groups.ts";
import { type Result, resultLine, summary } from "./runner/result.ts";
import { runTestFile } from "./runner/testFile.ts";

const STILL_RUNNING_SECONDS = 30;

const root = path.dirname(import.meta.dirname);
const patterns = process.argv.slice(2);
const groups = groupsOf(testFiles(root, patterns));
const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupted.abort());

const results: Result[] = [];
if (patterns.length === 0) await runChecks();
const toolsAreHere = groups.some((group) => group.needsTools) ? await getTools() : true;
for (const group of groups) {
  if (toolsAreHere || !group.needsTools) await runGroup(group);
}
if (patterns.length > 0 && groups.length === 0) console.log(`no test file's path holds ${patterns.join(" or ")}`);
console.log(summary(results));
process.exitCode = results.some(({ failures }) => failures.length > 0) || results.length === 0 || interrupted.signal.aborted ? 1 : 0;

function report(result: Result): void {
  results.push(result);
  console.log(resultLine(result));
}

async function runChecks(): Promise<void> {
  for (const check of checks) report(await runCheck(root, check));
}

/** Everything that real programs are tested with, fetched before the clock of any test runs. Without it those tests would only fail one by one. */
async function getTools(): Promise<boolean> {
  try {
    await ensureTools(toolNames);
    await crdFiles();
    return true;
  } catch (error) {
    const text = `${error instanceof Error ? error.message : error}\n\nThe integration and end-to-end tests were not run.`;
    report({ name: "tools", passed: 0, skipped: 0, failures: [{ test: "every tool is here", text }], seconds: 0 });
    return false;
  }
}

async function runGroup({ name, files, atOnce, deadlineSeconds }: Group): Promise<void> {
  console.log(`\n${name}: ${files.length} ${files.length === 1 ? "file" : "files"}`);
  const queue = [...files];
  const running = new Map<string, number>();
  const ticker = setInterval(() => tellRunning(running), STILL_RUNNING_SECONDS * 1000);
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined && !interrupted.signal.aborted; file = queue.shift()) {
      running.set(file, performance.now());
      report(await runTestFile(root, file, deadlineSeconds, interrupted.signal));
      running.delete(file);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  clearInterval(ticker);
}

function tellRunning(running: ReadonlyMap<string, number>): void {
  for (const [file, since] of running) {
    const seconds = Math.round((performance.now() - since) / 1000);
    if (seconds >= STILL_RUNNING_SECONDS) console.log(`...   ${file}  running for ${seconds} s`);
  }
}
