import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { ensure } from "../../../embedded/toolchain/ensure.ts";
import { withLock } from "../../../embedded/toolchain/lock.ts";
import { eventually } from "../../support/eventually.ts";
import { builtHello, fakeGo } from "./support/hello.ts";
import { leftInCache, type Machine, machine, putOnPath } from "./support/surroundings.ts";

const wantHello = path.join(import.meta.dirname, "support", "wantHello.ts");

/** A machine whose builds are counted and do not end before the test says so. */
function slowMachine(t: TestContext): { here: Machine; builds: () => number; letBuildsEnd: () => void } {
  const here = machine(t, { tools: [builtHello] });
  const count = path.join(here.bin, "builds");
  const goOn = path.join(here.bin, "goOn");
  putOnPath(here, "go", fakeGo("1.26.8", `echo x >> ${count}; until [ -e ${goOn} ]; do /bin/sleep 0.05; done`));
  return {
    here,
    builds: () => (fs.existsSync(count) ? fs.readFileSync(count, "utf8").trim().split("\n").length : 0),
    letBuildsEnd: () => fs.writeFileSync(goOn, ""),
  };
}

/** Another process that wants hello on the same machine. What it says comes line by line, its end last. */
function otherProcess(
  t: TestContext,
  { bin, cacheDir, modulesDir }: Machine,
): { child: ChildProcess; says: (what: RegExp) => Promise<void> } {
  const child = spawn(process.execPath, [wantHello, bin, cacheDir, modulesDir], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const says = async (what: RegExp) => {
    while (!what.test(said)) {
      assert.equal(child.exitCode, null, `it ended without saying ${what}; it said: ${said}`);
      await once(child.stdout, "data", { signal: AbortSignal.timeout(20_000) });
    }
  };
  return { child, says };
}

test("two processes that want one tool wait for one build", { timeout: 60_000 }, async (t) => {
  const { here, builds, letBuildsEnd } = slowMachine(t);
  const first = otherProcess(t, here);
  await first.says(/building hello/);
  const second = otherProcess(t, here);
  await second.says(new RegExp(`waiting for process ${first.child.pid}, which is getting hello 1\\.2\\.3`));
  letBuildsEnd();
  const place = path.join(here.cacheDir, "tools/hello/1.2.3/hello");
  await Promise.all([first, second].map(({ says }) => says(new RegExp(`got ${place}`))));
  assert.equal(builds(), 1);
});

test("a build ended by kill -9 neither blocks the next one nor leaves anything behind", { timeout: 60_000 }, async (t) => {
  const { here, builds, letBuildsEnd } = slowMachine(t);
  const first = otherProcess(t, here);
  await eventually("the first build begins", async () => builds() === 1 || undefined);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  letBuildsEnd();
  await ensure(builtHello, here);
  assert.equal(builds(), 2);
  assert.deepEqual([...leftInCache(here)].sort(), ["tools/hello/1.2.3/hello", "tools/hello/1.2.3/origin.json"]);
});

test("a lock whose process id now belongs to another process is stale", async (t) => {
  const file = path.join(machine(t, { tools: [] }).cacheDir, "lock");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, started: "1" }));
  assert.equal(await withLock(file, async () => "done"), "done");
});

test("work in one process is done one after the other as well", async (t) => {
  const file = path.join(machine(t, { tools: [] }).cacheDir, "lock");
  let atOnce = 0;
  const work = async () => {
    atOnce += 1;
    await new Promise(setImmediate);
    assert.equal(atOnce, 1);
    atOnce -= 1;
  };
  await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)]);
});

test("a lock is released when the work fails", async (t) => {
  const file = path.join(machine(t, { tools: [] }).cacheDir, "lock");
  await assert.rejects(
    withLock(file, async () => {
      throw new Error("no luck");
    }),
    /no luck/,
  );
  assert.equal(fs.existsSync(file), false);
});
