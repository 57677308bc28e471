import assert from "node:assert/strict";
import { mkdir, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { PORT_NAMES } from "../../../embedded/platform/names.ts";
import { choosePorts } from "../../../embedded/platform/ports.ts";
import { pathsIn, platformIdOf, readState, stateOf, writePrivate } from "../../../embedded/platform/state.ts";
import { temporaryFolder } from "../../support/folder.ts";

test("a platform is known by its real path: through a link it is the same, elsewhere another, deleted still the same", async (t) => {
  const base = await temporaryFolder(t);
  await mkdir(join(base, "real"));
  await symlink(join(base, "real"), join(base, "link"));
  const id = platformIdOf(join(base, "real", "local"));
  assert.equal(platformIdOf(join(base, "link", "local")), id);
  assert.notEqual(platformIdOf(join(base, "real", "other")), id);
  await rm(join(base, "real"), { recursive: true });
  assert.equal(platformIdOf(join(base, "real", "local")), id);
});

test("the state reads back, and only the user can read its file", async (t) => {
  const stateDir = await temporaryFolder(t);
  const state = stateOf("id", stateDir, await choosePorts(PORT_NAMES, {}, async () => true));
  await writePrivate(pathsIn(stateDir).state, state);
  assert.deepEqual(await readState(stateDir), state);
  assert.equal((await stat(pathsIn(stateDir).state)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(stateDir), ["platform.json"]);
});

test("where no platform was ever started there is no state, and a state of another version is none", async (t) => {
  const stateDir = await temporaryFolder(t);
  assert.equal(await readState(stateDir), undefined);
  await writeFile(pathsIn(stateDir).state, '{"id": "of an older version"}');
  assert.equal(await readState(stateDir), undefined);
});
