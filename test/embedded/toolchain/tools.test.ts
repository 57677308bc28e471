import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { inventoryOf } from "../../../embedded/toolchain/inventory.ts";
import type { Tool } from "../../../embedded/toolchain/tool.ts";
import { oldestGo, tools } from "../../../embedded/toolchain/tools.ts";
import { hello, releasedHello, script, sha256 } from "./support/hello.ts";
import { releaseServer } from "./support/releaseServer.ts";
import { machine, putOnPath } from "./support/surroundings.ts";

const modulesDir = path.join(import.meta.dirname, "../../../embedded/toolchain/modules");
const everyTool: readonly Tool[] = tools;
const builds = everyTool.flatMap(({ name, version, goBuild }) =>
  goBuild ? [{ name, ...goBuild, version: goBuild.version ?? version }] : [],
);

for (const { name, version, module, package: pkg } of builds) {
  test(`${name} ${version} is what its go.mod builds`, () => {
    const goMod = fs.readFileSync(path.join(modulesDir, module, "go.mod"), "utf8");
    const lines = goMod.split("\n").map((line) => line.trim().replace(/^tool /, ""));
    assert(lines.includes(pkg), `go.mod has no tool line for ${pkg}`);
    const required = [...goMod.matchAll(/^\s*(\S+) v(\S+)( \/\/ indirect)?$/gm)].filter(
      ([, path]) => path !== undefined && pkg.startsWith(path),
    );
    // Prometheus numbers its Go module 0.314.0 for release 3.14.0.
    const versions = required.map(([, , found]) => found?.replace(/^0\.3(\d\d)\./, "3.$1."));
    assert(versions.includes(version), `go.mod requires ${versions.join(", ") || "no module of it"}`);
    // Once a module asks for 1.26.0, so has to ask whoever uses it.
    assert(lines.includes(`go ${oldestGo}`) || lines.includes(`go ${oldestGo}.0`), `go.mod asks for another Go than ${oldestGo}`);
  });
}

test("every tool has a way that needs no Go", () => {
  for (const { name, release, image, source } of everyTool) assert(release ?? image ?? source, name);
});

test("every tool has a way that needs no access to release downloads", () => {
  for (const { name, goBuild, wheel, source } of everyTool) assert(goBuild ?? wheel ?? source, name);
});

test("the inventory tells where a tool is from, and what would happen for one that is not here", async (t) => {
  const server = await releaseServer(t, {});
  const absent = { ...releasedHello(sha256(script)), name: "absent" };
  const here = machine(t, { tools: [hello, absent], mirror: server.url });
  const file = putOnPath(here, "hello", 'echo "hello version 1.2.3"');
  assert.deepEqual(await inventoryOf(here), [
    { name: "hello", version: "1.2.3", file, bytes: fs.statSync(file).size, from: `PATH: ${file}` },
    { name: "absent", version: "1.2.3", from: "not here yet: will be downloaded (pinned checksum)" },
  ]);
  assert.deepEqual(server.asked, []);
});
