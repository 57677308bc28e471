import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { PlatformError } from "../../../embedded/errors.ts";
import { status } from "../../../embedded/platform/index.ts";
import { pathsIn } from "../../../embedded/platform/state.ts";
import { eventually } from "../../support/eventually.ts";
import { freshStateDir } from "../../support/platform.ts";
import { pidsOf, upLight } from "./support.ts";

test("a part that crashes is reported, started again, and its platform is ready again", async (t) => {
  const stateDir = await freshStateDir(t);
  await upLight(stateDir);
  const prometheus = async () => (await status(stateDir)).parts.find(({ name }) => name === "prometheus");
  const before = await prometheus();
  process.kill(before?.pid ?? 0, "SIGKILL");
  const after = await eventually("the restart", async () => {
    const now = await prometheus();
    return now?.restarts === 1 && now.state === "running" ? now : undefined;
  });
  assert.notEqual(after.pid, before?.pid);
  assert.match(after.reason ?? "", /^was ended by SIGKILL\nits last log lines:\n/);
  assert.match(await readFile(join(pathsIn(stateDir).logs, "supervisor.log"), "utf8"), /"part":"prometheus","event":"ended"/);
  assert.equal((await status(stateDir)).isReady, true);
});

test("a part that cannot start is the error of up, with its own last words, and nothing is left running", async (t) => {
  const stateDir = await freshStateDir(t);
  const { etcd } = pathsIn(stateDir);
  await mkdir(etcd, { recursive: true });
  await writeFile(join(etcd, "data"), "not a directory");
  await assert.rejects(upLight(stateDir), (error) => {
    assert.ok(error instanceof PlatformError);
    assert.match(error.message, /^etcd is not ready: ended with code 1\nits last log lines:\n.*not a directory.*\nlog: .*etcd\.log$/s);
    return true;
  });
  assert.deepEqual(pidsOf(stateDir), []);
  assert.equal((await status(stateDir)).platform, "stopped");
});

test("a running platform that lacks a part is not changed under its user", async (t) => {
  const stateDir = await freshStateDir(t);
  await upLight(stateDir, { parts: ["etcd"] });
  const pids = pidsOf(stateDir);
  await assert.rejects(upLight(stateDir), /the platform runs without prometheus: run "sluice local down" first/);
  assert.deepEqual(pidsOf(stateDir), pids);
});

test("a state directory whose path is too long for a socket is refused before anything is made", async (t) => {
  const stateDir = join(await freshStateDir(t), "x".repeat(100));
  await assert.rejects(upLight(stateDir), /client\.sock: longer than 107 bytes, too long for a socket: choose a shorter --state-dir/);
  assert.deepEqual(pidsOf(stateDir), []);
});

test("a machine without 127.x addresses for pods is told which stack to use", async (t) => {
  t.mock.property(process, "platform", "darwin");
  await assert.rejects(upLight(await freshStateDir(t)), /the embedded platform needs Linux .*, this is darwin: use the stack "kind"/);
});
