import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { writeWhole } from "../../embedded/wholeFile.ts";
import { temporaryFolder } from "../support/folder.ts";

const A = "a".repeat(1_000_000);
const B = "b".repeat(1_000_000);

/** A process that writes a file over and over, full of one letter and then of another. */
const writer = (file: string) => `
  import { writeWhole } from ${JSON.stringify(import.meta.resolve("../../embedded/wholeFile.ts"))};
  for (;;) for (const letter of ["a", "b"]) writeWhole(${JSON.stringify(file)}, letter.repeat(${A.length}));
`;

test("whoever reads a file that two processes write finds one text or the other, never a half", async (t) => {
  const file = join(await temporaryFolder(t), "status.json");
  writeWhole(file, A);
  const writers = [1, 2].map(() => spawn(process.execPath, ["--input-type=module", "--eval", writer(file)], { stdio: "inherit" }));
  const seen = new Set<string>();
  try {
    for (let reads = 0; reads < 100 || seen.size < 2; reads++) {
      const text = await readFile(file, "utf8");
      assert.ok(text === A || text === B, `a file of ${text.length} characters`);
      seen.add(text);
      assert.deepEqual(
        writers.map(({ exitCode }) => exitCode),
        [null, null],
      );
    }
  } finally {
    await Promise.all(writers.map((child) => child.kill() && once(child, "exit")));
  }
});

test("only the user can read it, or whoever the mode says, also when an earlier one was open to all", async (t) => {
  const file = join(await temporaryFolder(t), "kubeconfig");
  const modeOf = async () => (await stat(file)).mode & 0o777;
  writeWhole(file, "#!/bin/sh\n", { mode: 0o777 });
  assert.equal(await modeOf(), 0o777);
  writeWhole(file, "secret");
  assert.equal(await modeOf(), 0o600);
});

test("who watches the folder never meets the half-written file when that is to lie elsewhere", async (t) => {
  const folder = await temporaryFolder(t);
  const watched = join(folder, "rules");
  await mkdir(watched);
  const watcher = watch(watched);
  const met = new Set<unknown>();
  watcher.on("change", (_, name) => met.add(name));
  writeWhole(join(watched, "echo.yaml"), "{}", { halfIn: folder });
  await once(watcher, "change");
  writeWhole(join(watched, "last.yaml"), "{}", { halfIn: folder });
  while (!met.has("last.yaml")) await once(watcher, "change");
  watcher.close();
  assert.deepEqual([...met], ["echo.yaml", "last.yaml"]);
});
