import assert from "node:assert/strict";
import { once } from "node:events";
import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { down, reset, status } from "../../../embedded/platform/index.ts";
import { isFreeOnLoopback } from "../../../embedded/platform/ports.ts";
import { eventually } from "../../support/eventually.ts";
import { freshStateDir } from "../../support/platform.ts";
import { killSupervisor, LIGHT, pidsOf, upInChild, upLight } from "./support.ts";

const nothingLeft = (stateDir: string) => eventually("no process left", async () => (pidsOf(stateDir).length === 0 ? true : undefined));

test("up twice is harmless: the same processes, the same addresses", async (t) => {
  const stateDir = await freshStateDir(t);
  const first = await upLight(stateDir);
  const pids = pidsOf(stateDir);
  assert.deepEqual(await upLight(stateDir), first);
  assert.deepEqual(pidsOf(stateDir), pids);
});

test("two ups at the same moment make one platform", async (t) => {
  const stateDir = await freshStateDir(t);
  const [first, second] = await Promise.all([upLight(stateDir), upLight(stateDir)]);
  assert.deepEqual(first, second);
  assert.equal(pidsOf(stateDir).length, 1 + LIGHT.length);
});

test("down leaves no process and no port behind; a second down has nothing to do", async (t) => {
  const stateDir = await freshStateDir(t);
  const { ports } = await upLight(stateDir);
  assert.deepEqual(await down(stateDir), { wasRunning: true, killed: 0 });
  assert.deepEqual(pidsOf(stateDir), []);
  assert.ok(await isFreeOnLoopback(ports.prometheus));
  assert.deepEqual(await down(stateDir), { wasRunning: false, killed: 0 });
});

test("down ends what a killed supervisor left, and status says so before", async (t) => {
  const stateDir = await freshStateDir(t);
  await upLight(stateDir);
  await killSupervisor(stateDir);
  const { platform, orphans } = await status(stateDir);
  assert.deepEqual({ platform, orphans: orphans.length }, { platform: "orphaned", orphans: LIGHT.length });
  await down(stateDir);
  assert.deepEqual(pidsOf(stateDir), []);
});

test("up after a killed supervisor ends the left-overs and starts anew", async (t) => {
  const stateDir = await freshStateDir(t);
  await upLight(stateDir);
  await killSupervisor(stateDir);
  const orphans = pidsOf(stateDir);
  await upLight(stateDir);
  assert.deepEqual(
    pidsOf(stateDir).filter((pid) => orphans.includes(pid)),
    [],
  );
  assert.equal((await status(stateDir)).platform, "running");
});

test("a detached platform outlives a killed command, and the next up joins it", async (t) => {
  const stateDir = await freshStateDir(t);
  const command = upInChild(stateDir, true);
  await once(command.stdout, "data");
  command.kill("SIGKILL");
  await once(command, "exit");
  const pids = pidsOf(stateDir);
  await upLight(stateDir);
  assert.deepEqual(pidsOf(stateDir), pids);
});

test("an up that was killed half-way is taken up by the next", async (t) => {
  const stateDir = await freshStateDir(t);
  const command = upInChild(stateDir, true);
  await eventually("the supervisor", async () => (pidsOf(stateDir).length > 0 ? true : undefined));
  command.kill("SIGKILL");
  await upLight(stateDir);
  assert.equal((await status(stateDir)).isReady, true);
});

test("a platform that is not detached ends with its process, also when that is killed", async (t) => {
  const stateDir = await freshStateDir(t);
  const command = upInChild(stateDir, false);
  await once(command.stdout, "data");
  assert.ok(pidsOf(stateDir).length > 0);
  command.kill("SIGKILL");
  await nothingLeft(stateDir);
});

test("after down and up the addresses are the old ones; after a reset nothing is left of them", async (t) => {
  const stateDir = await freshStateDir(t);
  const { ports } = await upLight(stateDir);
  await down(stateDir);
  assert.deepEqual((await upLight(stateDir)).ports, ports);
  assert.equal((await reset(stateDir)).wasRunning, true);
  assert.deepEqual(pidsOf(stateDir), []);
  await assert.rejects(access(stateDir));
});

test("reset keeps the images, which lie beside the state", async (t) => {
  const stateDir = await freshStateDir(t);
  await upLight(stateDir);
  const image = join(stateDir, "..", "images", "image.json");
  await mkdir(dirname(image));
  await writeFile(image, "{}");
  await reset(stateDir);
  await access(image);
});

test("two platforms on one machine do not meet", async (t) => {
  const [one, other] = [await freshStateDir(t), await freshStateDir(t)];
  const [{ ports: ofOne }, { ports: ofOther }] = await Promise.all([upLight(one), upLight(other)]);
  assert.deepEqual(
    Object.values(ofOne).filter((port) => Object.values(ofOther).includes(port)),
    [],
  );
  await down(one);
  assert.deepEqual(pidsOf(one), []);
  const { platform, isReady } = await status(other);
  assert.deepEqual({ platform, isReady }, { platform: "running", isReady: true });
});
