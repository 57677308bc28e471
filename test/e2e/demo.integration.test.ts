import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { down } from "../../embedded/platform/index.ts";
import { platformIdOf } from "../../embedded/platform/state.ts";
import { processesOf } from "../../embedded/processes/index.ts";
import { printed, sluice } from "./support/commandLine.ts";
import { commandsOn, endCommands, noCommandsOn } from "./support/processes.ts";
import { stateFileIn } from "./support/state.ts";

test("the demo promotes the good version, rolls both bad ones back for the right reason, and leaves nothing running", async (t) => {
  const folder = await stateFolder(t);
  const { code, output } = await sluice(folder, "demo").finished;
  assert.equal(code, 0, output);
  const [, , ...rows] = /\nversion +what it is .*\n([\s\S]*?)\n\n/.exec(output)?.[0].trim().split("\n") ?? [];
  const cells = rows.map((row) => row.split(/ {2,}/)).map((row) => [row[0], row[2], row.at(-1)]);
  assert.deepEqual(
    cells,
    [
      ["1.0.0", "promoted", "-"],
      ["1.1.0", "promoted", "0"],
      ["1.2.0", "rolled back", "0"],
      ["1.3.0", "rolled back", "0"],
    ],
    output,
  );
  assert.match(rows[2] ?? "", / rolled back +availability /);
  assert.match(rows[3] ?? "", / rolled back +latency /);
  assertNothingLeft(folder);
});

test("a demo that is interrupted in a rollout leaves nothing running either", async (t) => {
  const folder = await stateFolder(t);
  const demo = sluice(folder, "demo");
  await printed(demo, /echo 1\.1\.0 +step 1\/3 10% +look /, 300);
  process.kill(-(demo.process.pid ?? 0), "SIGINT");
  const { code, output } = await demo.finished;
  assert.equal(code, 130, output);
  await noCommandsOn(folder);
  assertNothingLeft(folder);
});

async function stateFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-demo-"));
  t.after(async () => {
    await endCommands(folder);
    await down(join(folder, "local"));
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** No process of the platform or of a command, no state of the platform, and nothing that Pulumi takes for a platform still there. */
function assertNothingLeft(folder: string): void {
  const platform = join(folder, "local");
  assert.deepEqual(processesOf(platformIdOf(platform)), []);
  assert.deepEqual(commandsOn(folder), []);
  assert.equal(existsSync(platform), false);
  assert.equal(existsSync(stateFileIn(folder)), false);
}
