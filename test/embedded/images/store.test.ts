import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildImage, openImageStore } from "../../../embedded/images/index.ts";
import { temporaryFolder } from "../../support/folder.ts";

const hello = fileURLToPath(new URL("fixtures/hello", import.meta.url));
const config = { entrypoint: [], command: ["node", "a.mjs"], env: {}, workingDir: "/app" };

async function filesWith(t: TestContext, content: string): Promise<string> {
  const files = await temporaryFolder(t);
  await writeFile(join(files, "a.mjs"), content);
  return files;
}

test("an app is built from its own script and the last stage of its Dockerfile", async (t) => {
  const store = openImageStore(await temporaryFolder(t));
  const built = await buildImage(store, { app: hello, tag: "1.0.0", env: { GREETING: "hi" } });
  const found = await store.find({ repository: "localhost/hello", tag: "1.0.0" });
  assert.deepEqual(built.command, ["node", "hello.mjs"]);
  assert.deepEqual(built.env, { GREETING: "hi", VERSION: "dev" });
  assert.equal(found?.digest, built.digest);
  assert.match(await readFile(join(found?.files ?? "", "hello.mjs"), "utf8"), /GREETING/);
});

test("the same content has the same digest, other content or environment another", async (t) => {
  const store = openImageStore(await temporaryFolder(t));
  const put = async (tag: string, content: string, env = {}) =>
    (await store.put({ ...config, env, repository: "localhost/a", tag, files: await filesWith(t, content) })).digest;
  const first = await put("1", "one");
  assert.equal(await put("2", "one"), first);
  assert.notEqual(await put("3", "two"), first);
  assert.notEqual(await put("4", "one", { ERROR_RATE: "0.05" }), first);
});

test("a tag moves to other content only by force, and the old content stays reachable by its digest", async (t) => {
  const store = openImageStore(await temporaryFolder(t));
  const put = async (content: string, force: boolean) =>
    store.put({ ...config, force, repository: "localhost/a", tag: "1.0.0", files: await filesWith(t, content) });
  const { digest } = await put("one", false);
  await assert.rejects(put("two", false), /localhost\/a:1.0.0 is already another image .* --force/);
  const moved = await put("two", true);
  assert.equal((await store.find({ repository: "localhost/a", tag: "1.0.0" }))?.digest, moved.digest);
  const old = await store.find({ repository: "localhost/a", digest });
  assert.equal(await readFile(join(old?.files ?? "", "a.mjs"), "utf8"), "one");
});

test("a digest decides over the tag beside it", async (t) => {
  const store = openImageStore(await temporaryFolder(t));
  const { digest } = await store.put({ ...config, repository: "localhost/a", tag: "1", files: await filesWith(t, "one") });
  await store.put({ ...config, repository: "localhost/a", tag: "2", files: await filesWith(t, "two") });
  assert.equal((await store.find({ repository: "localhost/a", tag: "2", digest }))?.digest, digest);
});

test("images that are not there are not found, and all tags are listed in order", async (t) => {
  const store = openImageStore(await temporaryFolder(t));
  assert.deepEqual(await store.list(), []);
  assert.equal(await store.find({ repository: "localhost/a", tag: "1" }), undefined);
  for (const tag of ["2", "1"]) await store.put({ ...config, repository: "localhost/a", tag, files: await filesWith(t, tag) });
  assert.equal(await store.find({ repository: "localhost/b", tag: "1" }), undefined);
  assert.deepEqual(
    (await store.list()).map(({ repository, tag }) => `${repository}:${tag}`),
    ["localhost/a:1", "localhost/a:2"],
  );
});

for (const [problem, app, message] of [
  ["a folder that is no app", tmpdir(), /has no Dockerfile: give the folder of an app/],
  ["a folder without a build script", fileURLToPath(new URL("fixtures/scriptless", import.meta.url)), /has no script "build"/],
  ["a build that fails", fileURLToPath(new URL("fixtures/broken", import.meta.url)), /build script of .* failed:\n.*no such parser/s],
] as const) {
  test(`${problem} is refused, with the reason`, async (t) => {
    await assert.rejects(buildImage(openImageStore(await temporaryFolder(t)), { app, tag: "1" }), message);
  });
}
