import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { place } from "../../cli/pulumi/place.ts";
import { temporaryFolder } from "../support/folder.ts";

/** Memory as a file system: another one than that of temporary files on most machines. */
const OTHER = "/dev/shm";
const hasOther = existsSync(OTHER) && statSync(OTHER).dev !== statSync(tmpdir()).dev;
const needsOther = { skip: hasOther ? false : `${OTHER} is not a file system of its own here` };

async function toolOf(t: TestContext, content: string): Promise<string> {
  const tool = join(await temporaryFolder(t), "pulumi");
  await writeFile(tool, content, { mode: 0o755 });
  return tool;
}

async function otherFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(OTHER, "sluice-test-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("a tool on the same file system costs no space, however often it is placed and by however many at once", async (t) => {
  const tool = await toolOf(t, "version 1");
  const folder = await temporaryFolder(t);
  const path = join(folder, "pulumi");
  await Promise.all(Array.from({ length: 8 }, () => place(tool, path)));
  await place(tool, path);
  assert.equal((await stat(path)).ino, (await stat(tool)).ino);
  assert.deepEqual(await readdir(folder), ["pulumi"]);
});

test("a tool on another file system is copied once, executable", needsOther, async (t) => {
  const tool = await toolOf(t, "version 1");
  const path = join(await otherFolder(t), "pulumi");
  await place(tool, path);
  const first = await stat(path);
  assert.equal(first.mode & 0o777, 0o755);
  await place(tool, path);
  assert.equal((await stat(path)).ino, first.ino);
});

test("another version takes the place of the one before, also of the same size", needsOther, async (t) => {
  const tool = await toolOf(t, "version 1");
  const path = join(await otherFolder(t), "pulumi");
  await place(tool, path);
  await writeFile(tool, "version 2");
  await utimes(tool, 1_700_000_000, 1_700_000_000.123);
  await place(tool, path);
  assert.equal(await readFile(path, "utf8"), "version 2");
});

test("whoever starts the tool while several copy it finds all of it or none, and no copy is left over", needsOther, async (t) => {
  const content = "x".repeat(20_000_000);
  const tool = await toolOf(t, content);
  const folder = await otherFolder(t);
  const path = join(folder, "pulumi");
  const sizes = new Set<number>();
  let placing = 4;
  for (let i = placing; i > 0; i--) void place(tool, path).finally(() => placing--);
  for (; placing > 0; await setImmediate()) sizes.add(statSync(path, { throwIfNoEntry: false })?.size ?? content.length);
  assert.deepEqual([...sizes], [content.length]);
  assert.deepEqual(await readdir(folder), ["pulumi"]);
});
