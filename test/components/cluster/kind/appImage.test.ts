import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { checkout } from "../../../../cli/paths.ts";
import { AppImage } from "../../../../components/cluster/kind/index.ts";
import { sourcesDigest } from "../../../../components/cluster/kind/sources.ts";
import { temporaryFolder } from "../../../support/folder.ts";
import { recordResources } from "../../../support/mocks.ts";

const DOCKERFILE = `FROM node AS build
COPY package.json lock.json ./
COPY --chown=1000:1000 app/*.ts app/
ADD https://example.com/thing /thing
COPY assets /assets
FROM node
COPY --from=build /build/dist ./
`;

async function app(t: TestContext) {
  const folder = await temporaryFolder(t);
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  for (const name of ["app", "assets", "assets/deep"]) mkdirSync(join(folder, name));
  write("Dockerfile", DOCKERFILE);
  for (const file of ["package.json", "lock.json", "app/a.ts", "app/notes.md", "assets/deep/logo.svg"]) write(file, file);
  return { folder, write, digest: () => sourcesDigest(folder, "Dockerfile") };
}

const changes: readonly (readonly [string, string])[] = [
  ["a file that is copied by name", "lock.json"],
  ["a file that is copied by pattern", "app/a.ts"],
  ["a new file of a pattern", "app/b.ts"],
  ["a file deep in a copied folder", "assets/deep/logo.svg"],
];
for (const [what, file] of changes) {
  test(`${what} makes other sources`, async (t) => {
    const { write, digest } = await app(t);
    const before = digest();
    write(file, "changed");
    assert.notEqual(digest(), before);
  });
}

test("the Dockerfile is one of the sources, and so is who may execute a file", async (t) => {
  const { folder, write, digest } = await app(t);
  const before = digest();
  chmodSync(join(folder, "app/a.ts"), 0o755);
  const executable = digest();
  write("Dockerfile", `${DOCKERFILE}USER 1000\n`);
  assert.equal(new Set([before, executable, digest()]).size, 3);
});

test("what is not copied does not matter, and the digest is the same each time", async (t) => {
  const { write, digest } = await app(t);
  const before = digest();
  write("app/notes.md", "changed");
  assert.equal(digest(), before);
});

test("moving text from one file to the next makes other sources", async (t) => {
  const { write, digest } = await app(t);
  write("package.json", "ab");
  write("lock.json", "c");
  const before = digest();
  write("package.json", "a");
  write("lock.json", "bc");
  assert.notEqual(digest(), before);
});

test("a copy of nothing is told with its pattern", async (t) => {
  const { folder, write, digest } = await app(t);
  write("Dockerfile", "FROM node\nCOPY nowhere.json ./\n");
  assert.throws(
    digest,
    (error) =>
      pulumi.RunError.isInstance(error) &&
      error.message.includes(`copies nowhere.json, and there is nothing`) &&
      error.message.includes(folder),
  );
});

test("an image is built when its tag or its sources change", async () => {
  const one = (tag: string) =>
    recordResources(() => {
      new AppImage("echo", { context: checkout, dockerfile: "apps/echo/Dockerfile", registry: "localhost:5001", tag });
    });
  const { triggers, environment, dir } = (await one("1.0.0")).one("command:local:Command", "echo");
  assert.deepEqual(triggers, ["localhost:5001/echo:1.0.0", sourcesDigest(checkout, "apps/echo/Dockerfile")]);
  assert.deepEqual([environment.IMAGE, environment.DOCKERFILE, dir], ["localhost:5001/echo:1.0.0", "apps/echo/Dockerfile", checkout]);
});

test("a tag that is none is refused", async () => {
  const program = () =>
    new AppImage("echo", { context: checkout, dockerfile: "apps/echo/Dockerfile", registry: "localhost:5001", tag: "a b" });
  await assert.rejects(
    recordResources(program),
    (error) => pulumi.InputPropertiesError.isInstance(error) && error.errors[0]?.propertyPath === "tag",
  );
});
