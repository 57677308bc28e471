import assert from "node:assert/strict";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { capLog, lastLines, logTail, readLog } from "../../embedded/logFiles.ts";
import { temporaryFolder } from "../support/folder.ts";

async function logOf(t: TestContext, text: string): Promise<string> {
  const directory = await temporaryFolder(t);
  const file = join(directory, "part.log");
  await writeFile(file, text);
  return file;
}

test("the last lines are those of this run, without empty ones", async (t) => {
  const file = await logOf(t, "of the run before\n");
  await appendFile(file, "one\n\ntwo\nthree\n");
  assert.deepEqual(lastLines(file, 18, 2), ["two", "three"]);
  assert.deepEqual(lastLines(file, 18), ["one", "two", "three"]);
});

test("a very long line is cut", async (t) => {
  const [line = ""] = lastLines(await logOf(t, "x".repeat(10_000)), 0);
  assert.equal(line.length, 304);
});

test("a log that was cut after the run began is read from its start", async (t) => {
  assert.equal(readLog(await logOf(t, "new"), 1000), "new");
});

test("a part without a log has said nothing", () => {
  assert.deepEqual(lastLines("/nowhere/part.log", 0), []);
});

test("a log that is too long is set aside and goes on empty; a short one stays", async (t) => {
  const file = await logOf(t, "0123456789");
  capLog(file, 10);
  assert.equal(await readFile(file, "utf8"), "0123456789");
  capLog(file, 9);
  assert.equal(await readFile(file, "utf8"), "");
  assert.equal(await readFile(`${file}.1`, "utf8"), "0123456789");
});

test("the tail of a log is its last lines, and not too much of them", async (t) => {
  const file = await logOf(t, Array.from({ length: 100 }, (_, index) => `line ${index}\n`).join(""));
  assert.equal(logTail(file, { lines: 2, bytes: 2048 }), "line 98\nline 99");
  assert.equal(logTail(file, { lines: 80, bytes: 11 }), "98\nline 99");
  assert.equal(logTail("/nowhere/0.log", { lines: 2, bytes: 2048 }), "");
});
