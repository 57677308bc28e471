import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import { startLoad } from "../../cli/load/index.ts";
import { parseKubeconfig } from "../../embedded/kube/index.ts";
import { printed, sluice } from "./support/commandLine.ts";
import { endsAs, promote } from "./support/rollouts.ts";
import { startStage } from "./support/stage.ts";
import { resourcesIn } from "./support/state.ts";

/** Files of the platform that hold its secrets on purpose; all of them are private to the user. */
const SECRET_FILES = ["local/kubeconfig", "local/pki/tokens.csv"];

test("the program is careful with what it is given", async (t) => {
  const stage = await startStage(t, { images: { "1.0.0": {} } });
  const load = startLoad({ url: stage.platform.gatewayUrl, host: "echo.localhost", ratePerSecond: 200 });
  t.after(() => load.stop());
  const { token } = parseKubeconfig(await readFile(stage.platform.kubeconfig, "utf8"), stage.platform.kubeconfig);

  await t.test("the kubeconfig's token is in no process' arguments, output, log or state", async () => {
    const up = await stage.up({ tag: "1.0.0" });
    await printed(up, /step 1\/1 100% +look /);
    assert.deepEqual(argumentsWith(token), []);
    const { output } = await endsAs("promoted", stage, up);
    const exported = await sluice(stage.folder, "pulumi", "stack", "export").finished;
    assert.equal(exported.code, 0, exported.output);
    for (const told of [output, exported.output]) assert.ok(!told.includes(token), told);
    assert.deepEqual(filesWith(token, stage.folder).toSorted(), SECRET_FILES);
  });

  await t.test("an environment variable that changes while the tag stays is let in step by step like any new revision", async () => {
    const before = await stage.record();
    const record = await promote(stage, { tag: "1.0.0", env: { GREETING: "good morning" } });
    assert.notEqual(record.revision, before.revision);
    assert.equal(record.image, before.image);
    assert.deepEqual([...new Set(record.evidence.looks.map(({ step }) => step))], [0, 1, 2]);
  });

  await t.test("all that is wrong with a stack is told at once, by preview and by up, and nothing is changed", async () => {
    const [resources, rollout] = [await resourcesIn(stage.folder), await stage.echo.rollout()];
    await stage.write({ tag: "latest", env: { PORT: "80" }, rollout: { steps: [10, 5], minstep: "1s", deadline: 600 } });
    for (const args of [["preview"], ["up", "--yes", "--skip-preview"]]) {
      const { code, output } = await stage.pulumi(...args).finished;
      assert.notEqual(code, 0, output);
      const expected = [
        /stack local is refused, nothing was changed:/,
        /sluice:services\.echo\.env\.PORT: set by Sluice itself; use another name/,
        /sluice:services\.echo\.rollout\.deadline: 600 has no unit; write 600ms, 600s, /,
        /sluice:services\.echo\.rollout\.minstep: unknown; did you mean minStep\?/,
        /sluice:services\.echo\.rollout\.steps\[1\]: 5 is not above the step before it \(10\)/,
        /sluice:services\.echo\.tag: "latest" is not a version/,
      ];
      for (const line of expected) assert.match(output, line);
    }
    assert.deepEqual(await resourcesIn(stage.folder), resources);
    assert.equal((await stage.echo.rollout()).revision, rollout.revision);
  });
});

/** Command lines of this machine's processes that hold a text. */
function argumentsWith(text: string): readonly string[] {
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  return pids.map((pid) => commandLineOf(pid)).filter((line) => line.includes(text));
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // it has ended
  }
}

/** Files below a folder that hold a text, whatever else they hold. Etcd's are left out: the API server keeps nothing of a token there. */
function filesWith(text: string, folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file).includes(text))
    .map((file) => relative(folder, file));
}
