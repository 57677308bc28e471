import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { test } from "node:test";
import { isReady } from "../../../embedded/supervisor/index.ts";
import { eventually } from "../../support/eventually.ts";
import { MAIN, STAYS, script, supervise } from "./support.ts";

const DEAF = "process.on('SIGTERM', () => {});";
const nothingLeft = (pids: () => readonly number[]) => eventually("no process left", async () => (pids().length === 0 ? true : undefined));

test("a part starts when what it needs is ready, and stops before it", async (t) => {
  const platform = await supervise(t, [script("second", STAYS, { needs: ["first"] }), script("first", STAYS)]);
  await platform.until("second", isReady);
  platform.process.kill("SIGTERM");
  assert.equal(await platform.ended(), 0);
  const of = ["first ready", "second started", "second stopped", "first stopped"];
  assert.deepEqual(
    (await platform.events()).filter((event) => of.includes(event)),
    of,
  );
  assert.deepEqual(platform.pids(), []);
});

test("a task is done when it has ended well, and what needs it goes on", async (t) => {
  const task = script("task", "console.log('did it')", { probe: { kind: "exit" } });
  const platform = await supervise(t, [task, script("user", STAYS, { needs: ["task"] })]);
  await platform.until("user", isReady);
  const { state, restarts } = await platform.until("task", isReady);
  assert.deepEqual({ state, restarts }, { state: "done", restarts: 0 });
});

test("a crash is reported with its reason and last log lines, and the part is started again", async (t) => {
  const platform = await supervise(t, [script("part", STAYS)]);
  const { pid = 0 } = await platform.until("part", isReady);
  process.kill(pid, "SIGKILL");
  const after = await platform.until("part", ({ state, restarts }) => state === "running" && restarts === 1);
  assert.notEqual(after.pid, pid);
  assert.match(after.reason ?? "", /^was ended by SIGKILL\nits last log lines:\n {2}ready$/);
  assert.ok((await platform.events()).includes("part ended"));
});

test("a part that ends three times before it was ready is given up, with the reason", async (t) => {
  const platform = await supervise(t, [script("part", "console.error('no such flag: --x'); process.exit(3)")]);
  const { restarts, reason } = await platform.until("part", ({ state }) => state === "failed");
  assert.equal(restarts, 2);
  assert.equal(reason, "ended with code 3\nits last log lines:\n  no such flag: --x");
});

test("a part that is not ready by its deadline is given up and ended, with the reason", async (t) => {
  const slow = script("part", "console.log('loading'); setInterval(() => {}, 1000)", { readySeconds: 0.5 });
  const platform = await supervise(t, [slow, script("user", STAYS, { needs: ["part"] })]);
  const { reason } = await platform.until("part", ({ state }) => state === "failed");
  assert.equal(reason, 'not ready within 0.5 s: it has not logged "ready"\nits last log lines:\n  loading');
  assert.equal((await platform.until("user", () => true)).state, "waiting");
  assert.deepEqual(platform.pids(), [platform.process.pid]);
});

test("a program that is not there is a reason too", async (t) => {
  const platform = await supervise(t, [script("part", "", { command: "/nowhere/etcd" })]);
  const { reason } = await platform.until("part", ({ state }) => state === "failed");
  assert.match(reason ?? "", /cannot be started: spawn \/nowhere\/etcd ENOENT/);
});

test("a part that does not listen to SIGTERM is killed after its grace", async (t) => {
  const platform = await supervise(t, [script("deaf", DEAF + STAYS, { stopSeconds: 0.3 })]);
  await platform.until("deaf", isReady);
  platform.process.kill("SIGTERM");
  assert.equal(await platform.ended(), 0);
  assert.deepEqual(platform.pids(), []);
});

test("what a part has started is ended too, first of all, also when it does not listen", async (t) => {
  const pod = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(DEAF + STAYS)}], { detached: true, stdio: "ignore" }).unref();`;
  const platform = await supervise(t, [script("node", pod + STAYS, { startsOthers: true, needs: ["base"] }), script("base", STAYS)]);
  await platform.until("node", isReady);
  await eventually("supervisor, two parts and a pod", async () => (platform.pids().length === 4 ? true : undefined));
  platform.process.kill("SIGTERM");
  assert.equal(await platform.ended(), 0);
  assert.deepEqual(platform.pids(), []);
});

test("a supervisor whose starter is gone ends, with all parts", async (t) => {
  const platform = await supervise(t, [script("part", STAYS)]);
  await platform.until("part", isReady);
  platform.process.stdin?.end();
  assert.equal(await platform.ended(), 0);
  await nothingLeft(platform.pids);
});

test("a supervisor that fails takes its parts along", async (t) => {
  const platform = await supervise(t, [script("part", STAYS)]);
  const { pid = 0 } = await platform.until("part", isReady);
  // Its next status has nowhere to go: an error that nobody handles.
  await rm(platform.directory, { recursive: true });
  process.kill(pid, "SIGKILL");
  assert.notEqual(await platform.ended(), 0);
  await nothingLeft(platform.pids);
});

for (const [what, args, message] of [
  ["no plan", [], /--plan FILE is missing/],
  ["an unknown flag", ["--plam", "x"], /Unknown option '--plam'/],
  ["a plan that is not there", ["--plan", "/nowhere/plan.json"], /no such file.*\/nowhere\/plan.json/],
] as const) {
  test(`${what} is refused in one line`, () => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8" });
    assert.equal(status, 2);
    assert.match(stderr, message);
    assert.equal(stderr.trim().split("\n").length, 1);
  });
}
