import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import kubernetes from "@pulumi/kubernetes/package.json" with { type: "json" };
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { installProvider } from "../../../embedded/kubernetesProvider/index.ts";
import { eventually } from "../../support/eventually.ts";
import { temporaryFolder } from "../../support/folder.ts";

async function installed(t: TestContext, node: string): Promise<string> {
  const pulumiHome = await temporaryFolder(t);
  const [first, second] = [await installProvider({ pulumiHome, node }), await installProvider({ pulumiHome, node })];
  assert.equal(first, join(pulumiHome, "plugins", `resource-kubernetes-v${kubernetes.version}`));
  assert.equal(second, first);
  return join(first, "pulumi-resource-kubernetes");
}

async function firstLine(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout !== null);
  const [line] = await once(createInterface(child.stdout), "line");
  return String(line);
}

test("the stand-in is installed under the version that the SDK asks for, as a program; twice is harmless", async (t) => {
  const launcher = await installed(t, "/opt/it's node");
  assert.equal((await stat(launcher)).mode & 0o777, 0o755);
  assert.match(await readFile(launcher, "utf8"), /^#!\/bin\/sh\nexec '\/opt\/it'\\''s node' '.*main\.ts' --engine-pid "\$PPID" "\$@"\n$/);
});

test("the plugin says its port and answers as the version that was asked for", async (t) => {
  const child = spawn(await installed(t, process.execPath), ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill());
  const client = new ResourceProviderClient(`127.0.0.1:${await firstLine(child)}`, credentials.createInsecure());
  t.after(() => client.close());
  const info = await promisify<PluginInfo>((done) => client.getPluginInfo(new empty.Empty(), done))();
  assert.equal(info.getVersion(), kubernetes.version);
});

test("a plugin whose engine was killed ends by itself", async (t) => {
  const launcher = await installed(t, process.execPath);
  const engine = spawn("/bin/sh", ["-c", '"$0" 127.0.0.1:1 >/dev/null & echo $!; wait', launcher], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const plugin = Number(await firstLine(engine));
  t.after(async () => (await commandOf(plugin)) !== "" && process.kill(plugin));
  await eventually("the plugin runs", async () => ((await commandOf(plugin)).includes("main.ts") ? true : undefined));
  engine.kill("SIGKILL");
  await eventually("the plugin has ended", async () => ((await commandOf(plugin)) === "" ? true : undefined));
});

/** The command line of a process, "" when it has ended. */
function commandOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
}
