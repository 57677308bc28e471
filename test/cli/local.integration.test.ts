import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { killSupervisor, pidsOf, upLight } from "../embedded/platform/support.ts";
import { temporaryFolder } from "../support/folder.ts";
import { freshStateDir } from "../support/platform.ts";

const MAIN = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

function local(...args: readonly string[]) {
  return localOn(undefined, ...args);
}

/** @param stateFolder where the command keeps everything; undefined: where it does for its user */
function localOn(stateFolder: string | undefined, ...args: readonly string[]) {
  const env = { ...process.env, ...(stateFolder !== undefined && { SLUICE_STATE: stateFolder }) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, "local", ...args], { encoding: "utf8", env });
  return { code: status, out: stdout.trim(), error: stderr.trim() };
}

test("where nothing runs, status says how to start it, and down and reset have nothing to do", async (t) => {
  const stateDir = await freshStateDir(t);
  assert.deepEqual(local("status", "--state-dir", stateDir), {
    code: 3,
    out: 'the platform is not running; "sluice local up" starts it',
    error: "",
  });
  assert.deepEqual(local("down", "--state-dir", stateDir), { code: 0, out: "nothing was running", error: "" });
  assert.equal(local("reset", "--state-dir", stateDir).code, 0);
});

test("status shows each part with its process, its restarts and the addresses; reset ends and deletes it all", async (t) => {
  const stateDir = await freshStateDir(t);
  const { prometheusUrl } = await upLight(stateDir);
  const { code, out } = local("status", "--state-dir", stateDir);
  assert.equal(code, 0);
  assert.match(out, /^part +state +pid +restarts +ready in$/m);
  assert.match(out, /^etcd +running +\d+ +0 +\d+\.\d s$/m);
  assert.ok(out.includes(prometheusUrl));
  assert.equal(local("reset", "--state-dir", stateDir).out, `the platform is down\n${stateDir} is deleted`);
  assert.deepEqual(pidsOf(stateDir), []);
  await assert.rejects(access(stateDir));
});

test("reset makes Pulumi forget stack local with its platform, and not with any other one", async (t) => {
  const folder = await temporaryFolder(t);
  const checkpoint = join(folder, "pulumi", ".pulumi", "stacks", "sluice", "local.json");
  await mkdir(dirname(checkpoint), { recursive: true });
  await writeFile(checkpoint, "{}");
  assert.equal(localOn(folder, "reset", "--state-dir", join(folder, "other")).code, 0);
  await access(checkpoint);
  assert.match(localOn(folder, "reset").out, /Pulumi's state of stack local is deleted$/);
  await assert.rejects(access(checkpoint));
});

test("status of a platform that lost its supervisor says what is left and what to do", async (t) => {
  const stateDir = await freshStateDir(t);
  await upLight(stateDir);
  await killSupervisor(stateDir);
  const { code, out } = local("status", "--state-dir", stateDir);
  assert.equal(code, 3);
  assert.match(
    out,
    /^the supervisor is gone and 2 processes are left \(\d+, \d+\): "sluice local up" starts anew, "sluice local down" ends them$/,
  );
  assert.equal(local("down", "--state-dir", stateDir).out, "the platform is down");
});

test("what the user can mend is one error without a stack", async (t) => {
  const stateDir = await freshStateDir(t);
  await upLight(stateDir);
  const { code, error } = local("up", "--state-dir", stateDir);
  assert.equal(code, 1);
  assert.match(error, /^error: the platform runs without kube-apiserver, .*: run "sluice local down" first$/);
});

for (const args of [["up", "--stat-dir", "x"], ["halt"]]) {
  test(`"local ${args.join(" ")}" is refused by name`, () => {
    const { code, error } = local(...args);
    assert.equal(code, 1);
    assert.match(error, /^error: unknown (option '--stat-dir'|command 'halt')/);
  });
}
