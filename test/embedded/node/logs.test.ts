import assert from "node:assert/strict";
import { appendFile, mkdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { keepHouse } from "../../../embedded/node/housekeeping.ts";
import { chooseLog, findLogs, readLog } from "../../../embedded/node/logs.ts";
import { temporaryFolder } from "../../support/folder.ts";

/** A node's folder with the given logs, each written to a second after the one before. */
async function nodeWith(t: TestContext, ...logs: readonly string[]): Promise<string> {
  const dir = await temporaryFolder(t);
  for (const [index, log] of logs.entries()) {
    const file = join(dir, "pods", log);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${log}\n`);
    await utimes(file, index, index);
    await utimes(dirname(dirname(file)), index, index);
  }
  return dir;
}

const chosen = async (dir: string, query: Omit<Parameters<typeof chooseLog>[1], "namespace"> & { namespace?: string }) => {
  const { pod, container, restart } = chooseLog(await findLogs(dir), { namespace: "default", ...query });
  return `${pod}/${container}/${restart}`;
};

test("a pod is found by the beginning of its name, with its last run", async (t) => {
  const dir = await nodeWith(t, "default_echo-1_u1/app/0.log", "default_echo-1_u1/app/1.log", "default_other_u2/app/0.log");
  assert.equal(await chosen(dir, { pod: "echo" }), "echo-1/app/1");
  assert.equal(await chosen(dir, { pod: "echo-1", previous: true }), "echo-1/app/0");
});

test("a whole name goes before the beginning of others, and the newest pod before earlier ones of its name", async (t) => {
  const dir = await nodeWith(t, "default_echo_u1/app/3.log", "default_echo-1_u2/app/0.log", "default_echo_u3/app/0.log");
  assert.equal(await chosen(dir, { pod: "echo" }), "echo/app/0");
});

test("several pods or containers are listed to choose from", async (t) => {
  const dir = await nodeWith(t, "default_echo-1_u1/app/0.log", "default_echo-1_u1/proxy/0.log", "default_echo-2_u2/app/0.log");
  await assert.rejects(chosen(dir, { pod: "echo" }), /"echo" begins the names of several pods; .*: echo-2, echo-1/);
  await assert.rejects(chosen(dir, { pod: "echo-1" }), /echo-1: choose a container with -c; it has: (app, proxy|proxy, app)/);
  assert.equal(await chosen(dir, { pod: "echo-1", container: "proxy" }), "echo-1/proxy/0");
});

test("what is not there is named, with what there is", async (t) => {
  const dir = await nodeWith(t, "default_echo-1_u1/app/0.log");
  await assert.rejects(chosen(dir, { pod: "none" }), /no logs of a pod "none" in namespace default; there are: echo-1/);
  await assert.rejects(chosen(dir, { pod: "echo", namespace: "other" }), /no logs of a pod "echo" in namespace other$/);
  await assert.rejects(chosen(dir, { pod: "echo", previous: true }), /container app was not restarted/);
});

test("following a log goes on with what is written later and with the next run", async (t) => {
  const dir = await nodeWith(t, "default_echo-1_u1/app/0.log");
  const [log] = await findLogs(dir);
  assert.ok(log);
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const piece of readLog(log, { follow: true, signal: stop.signal })) {
    seen.push(piece.toString().trim());
    if (seen.length === 1) await appendFile(log.file, "more\n");
    if (seen.length === 2) await writeFile(join(dirname(log.file), "1.log"), "again\n");
    if (seen.length === 3) stop.abort();
  }
  assert.deepEqual(seen, ["default_echo-1_u1/app/0.log", "more", "again"]);
});

test("the logs of pods that are gone are kept for the newest hundred", async (t) => {
  const logs = Array.from({ length: 103 }, (_, index) => `default_echo-${index}_u${index}/app/0.log`);
  const dir = await nodeWith(t, ...logs);
  await keepHouse(dir, new Set(["u0", "u1"]));
  const left = (await findLogs(dir)).map(({ pod }) => pod);
  assert.equal(left.length, 102);
  assert.ok(left.includes("echo-0") && left.includes("echo-1") && !left.includes("echo-2"));
});
