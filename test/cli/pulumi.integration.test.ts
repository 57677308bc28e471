// `sluice pulumi` in shells that were set up for something else. The program is one of the test's own, so that no platform is needed.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../support/folder.ts";

const MAIN = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
export const word = new pulumi.Config().requireSecret("word");
`;

interface Result {
  readonly code: number;
  readonly output: string;
}

/** Runs Pulumi on a program of project sluice that needs a secret, each time in another shell. */
async function project(t: TestContext): Promise<(shell: Readonly<Record<string, string>>, ...args: readonly string[]) => Promise<Result>> {
  const folder = await temporaryFolder(t);
  const [program, state] = [join(folder, "program"), join(folder, "state")];
  await mkdir(program);
  // With a home for the stand-in nobody tries to download the official plugin, which this program does not need.
  await mkdir(join(state, "pulumi-home"), { recursive: true });
  await writeFile(
    join(program, "Pulumi.yaml"),
    "name: sluice\nruntime: { name: nodejs, options: { typescript: false } }\nmain: index.mjs\n",
  );
  await writeFile(join(program, "index.mjs"), PROGRAM);
  await symlink(MODULES, join(program, "node_modules"));
  return (shell, ...args) =>
    new Promise((resolve) => {
      const env = { ...process.env, PULUMI_BACKEND_URL: "", ...shell, SLUICE_STATE: state };
      const all = [MAIN, "pulumi", "--cwd", program, "--stack", "local", "--non-interactive", "--color=never", ...args];
      execFile(process.execPath, all, { env }, (error, stdout, stderr) => {
        const code = typeof error?.code === "number" ? error.code : Number(error !== null);
        resolve({ code, output: `${stdout}${stderr}` });
      });
    });
}

test("neither a passphrase nor a proxy that the shell has for other things keeps Pulumi from stack local", async (t) => {
  const pulumi = await project(t);
  assert.equal((await pulumi({}, "config", "set", "--secret", "word", "hush")).code, 0);
  const noProxyThere = "http://127.0.0.1:9";
  const shell = { PULUMI_CONFIG_PASSPHRASE: "other", http_proxy: noProxyThere, https_proxy: noProxyThere };
  const { code, output } = await pulumi(shell, "up", "--yes", "--skip-preview");
  assert.match(output, /PULUMI_CONFIG_PASSPHRASE is left aside/);
  assert.match(output, /word: \[secret\]/);
  assert.equal(code, 0, output);
});
