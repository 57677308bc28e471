import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { test } from "node:test";
import { withLock } from "../../../embedded/platform/lock.ts";

const anyId = () => randomBytes(6).toString("hex");

test("two pieces of work on one platform come one after the other, and the second is told that it waits", async () => {
  const id = anyId();
  const order: string[] = [];
  const release = Promise.withResolvers<void>();
  const first = withLock(id, async () => {
    order.push("first begins");
    await release.promise;
    order.push("first ends");
  });
  const second = withLock(id, async () => order.push("second"), release.resolve);
  await Promise.all([first, second]);
  assert.deepEqual(order, ["first begins", "first ends", "second"]);
});

test("work on two platforms does not wait for each other", async () => {
  await withLock(anyId(), () => withLock(anyId(), async () => undefined, assert.fail));
});

test("work that fails lets go of the lock", async () => {
  const id = anyId();
  await assert.rejects(
    withLock(id, () => Promise.reject(new Error("failed"))),
    /failed/,
  );
  await withLock(id, async () => undefined, assert.fail);
});

test("a process that is killed lets go of the lock", async () => {
  const id = anyId();
  const module = new URL("../../../embedded/platform/lock.ts", import.meta.url).href;
  const code = `import { withLock } from "${module}"; await withLock("${id}", () => new Promise(() => { console.log("has it"); setInterval(() => {}, 1000); }));`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  let waited = false;
  const killed = () => {
    waited = true;
    holder.kill("SIGKILL");
  };
  await withLock(id, async () => undefined, killed);
  assert.ok(waited);
});
