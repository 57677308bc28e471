import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { prepareEnvoy, resourceWriter } from "../../../embedded/mesh/files.ts";
import { resourcesDir } from "../../../embedded/mesh/flags.ts";
import { SHARDS } from "../../../embedded/mesh/names.ts";
import { temporaryFolder } from "../../support/folder.ts";

async function folder(t: TestContext) {
  const dir = await temporaryFolder(t);
  const flags = { dir, gatewayPort: 8080, adminPort: 9901 };
  await prepareEnvoy(flags);
  const read = (file: string) => readFile(join(resourcesDir(dir), file), "utf8");
  return { flags, read };
}

test("Envoy finds a bootstrap and every file the bootstrap names before the mesh has seen the cluster", async (t) => {
  const { flags } = await folder(t);
  const bootstrap = await readFile(join(flags.dir, "bootstrap.yaml"), "utf8");
  const named = new Set([...bootstrap.matchAll(/"path": "([^"]+)"/g)].map(([, path]) => path));
  assert.equal(named.size, SHARDS + 1);
  const present = (await readdir(resourcesDir(flags.dir))).map((file) => join(resourcesDir(flags.dir), file));
  assert.deepEqual([...named].sort(), present.sort());
});

test("what an earlier run served is still there after a restart", async (t) => {
  const { flags, read } = await folder(t);
  resourceWriter(flags.dir).write(new Map([["routes.json", { resources: ["earlier"] }]]));
  await prepareEnvoy(flags);
  assert.equal(await read("routes.json"), '{"resources":["earlier"]}');
});

test("only files whose content changed are written, and nothing half-written is left", async (t) => {
  const { flags, read } = await folder(t);
  const writer = resourceWriter(flags.dir);
  const files = (routes: number, pods: number) =>
    new Map([
      ["pods-00.json", { resources: [pods] }],
      ["routes.json", { resources: [routes] }],
    ]);
  assert.deepEqual(writer.write(files(1, 1)), ["pods-00.json", "routes.json"]);
  assert.deepEqual(writer.write(files(2, 1)), ["routes.json"]);
  assert.deepEqual(writer.write(files(2, 1)), []);
  assert.equal(await read("routes.json"), '{"resources":[2]}');
  assert.deepEqual((await readdir(flags.dir)).sort(), ["bootstrap.yaml", "resources"]);
});
