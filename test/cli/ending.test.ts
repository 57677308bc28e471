import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import { withEnd } from "../../cli/ending.ts";
import { eventually } from "../support/eventually.ts";

const INTERRUPTIBLE = `
  import { withEnd } from ${JSON.stringify(new URL("../../cli/ending.ts", import.meta.url).href)};
  const toldTo = (what) => new Promise((resolve) => process.stdin.on("data", (told) => String(told).includes(what) && resolve()));
  await withEnd(
    async () => {
      console.log("working");
      await toldTo("fail");
      throw new Error("the work was cut short");
    },
    async () => {
      console.log("ending");
      await toldTo("end");
      console.log("ended");
    },
  );
`;

test("the work's result is given once the end is done, and its error as well", async () => {
  const done: string[] = [];
  const end = async () => void done.push("ended");
  assert.equal(await withEnd(async () => done.push("worked"), end), 1);
  await assert.rejects(
    withEnd(() => Promise.reject(new Error("no luck")), end),
    /no luck/,
  );
  assert.deepEqual(done, ["worked", "ended", "ended"]);
  assert.equal(process.listenerCount("SIGTERM"), 0);
});

test("a signal begins the end at once, a second one does not cut it short, and the exit code is 130", async (t) => {
  const { child, printed } = startInterruptible(t);
  await eventually("the work", async () => printed().includes("working") || undefined);
  child.kill("SIGINT");
  await eventually("the end", async () => printed().includes("ending") || undefined);
  child.kill("SIGTERM");
  child.stdin.write("end");
  assert.deepEqual(await once(child, "exit"), [130, null]);
  assert.equal(printed(), "working\nending\nended\n");
});

test("work that fails because it is being ended does not end the process before its time", async (t) => {
  const { child, printed } = startInterruptible(t);
  await eventually("the work", async () => printed().includes("working") || undefined);
  child.kill("SIGTERM");
  await eventually("the end", async () => printed().includes("ending") || undefined);
  child.stdin.write("fail", () => child.stdin.write("end"));
  assert.deepEqual(await once(child, "exit"), [130, null]);
  assert.match(printed(), /ended\n$/);
});

function startInterruptible(t: TestContext) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", INTERRUPTIBLE], { stdio: ["pipe", "pipe", "ignore"] });
  t.after(() => child.kill("SIGKILL"));
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return { child, printed: () => output };
}
