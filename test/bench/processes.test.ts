import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { roleOf, usageDuring } from "../../bench/processes.ts";

const run = promisify(execFile);

test("processes of Pulumi are told apart by their command lines, and others are nobody's", () => {
  const roles = [
    "/state/bin/pulumi preview --stack local",
    "/usr/bin/node /checkout/node_modules/@pulumi/pulumi/cmd/run/index.js --monitor=127.0.0.1:1",
    "/usr/bin/node /checkout/embedded/kubernetesProvider/main.ts --engine-pid 1 127.0.0.1:1",
    "/home/me/.pulumi/plugins/resource-kubernetes-v4.34.2/pulumi-resource-kubernetes 127.0.0.1:1",
    "node /checkout/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js 127.0.0.1:1",
    "/state/bin/pulumi-language-nodejs 127.0.0.1:1",
    "/bin/sh /state/bin/pulumi-resource-pulumi-nodejs 127.0.0.1:1",
  ].map(roleOf);
  assert.deepEqual(roles, ["engine", "program", "providers", "providers", "providers", undefined, undefined]);
});

test("what a process used counts also after its end, and where it was started by another one", async () => {
  const hog = "const held = Buffer.alloc(64 << 20, 1); const end = Date.now() + 1000; while (Date.now() < end) held[0]++;";
  const asProgram = ["-e", hog, "@pulumi/pulumi/cmd/run"];
  const starter = `require("node:child_process").execFileSync(process.execPath, ${JSON.stringify(asProgram)})`;
  const { program, engine } = await usageDuring(() => run(process.execPath, ["-e", starter]));
  assert.ok(program.memoryMiB > 64, `${program.memoryMiB} MiB`);
  assert.ok(program.processorSeconds > 0.1, `${program.processorSeconds} s`);
  assert.deepEqual(engine, { processorSeconds: 0, memoryMiB: 0 });
});
