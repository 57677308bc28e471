import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { checkout } from "../../cli/paths.ts";
import { down } from "../../embedded/platform/index.ts";
import { platformIdOf } from "../../embedded/platform/state.ts";
import { processesOf } from "../../embedded/processes/index.ts";
import { commandsOn, endCommands } from "../e2e/support/processes.ts";
import { eventually } from "../support/eventually.ts";
import { temporaryFolder } from "../support/folder.ts";

test("a benchmark that is interrupted in a rollout leaves neither its platform nor a pulumi behind", async (t) => {
  const folder = await temporaryFolder(t);
  // A benchmark keeps its state in a folder of its own below TMPDIR.
  const bench = spawn(process.execPath, [join(checkout, "bench", "run.ts"), "trial"], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  bench.stderr.on("data", (chunk: Buffer) => (told += chunk.toString()));
  const isState = (name: string) => name.startsWith("sluice-bench-");
  const state = join(folder, await eventually("a folder for its state", async () => (await readdir(folder)).find(isState)));
  t.after(async () => {
    bench.kill("SIGKILL");
    await endCommands(state);
    await down(join(state, "local"));
  });
  const provider = async () => commandsOn(state).find(({ command }) => command.some((part) => part.includes("dynamic-provider")));
  await eventually("pulumi is at the first rollout", provider, { seconds: 300 });
  assert.notEqual(processesOf(platformIdOf(join(state, "local"))).length, 0);

  bench.kill("SIGINT");
  assert.deepEqual(await once(bench, "exit"), [130, null], told);
  assert.match(told, /^interrupted: ending what was started$/m);
  assert.deepEqual(commandsOn(state), []);
  assert.deepEqual(processesOf(platformIdOf(join(state, "local"))), []);
  assert.deepEqual((await readdir(folder)).filter(isState), []);
});
