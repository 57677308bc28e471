import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { decodeStack } from "../../infra/stack/decode.ts";

// good/ and bad/ hold stacks; beside each stands what must come of it. Adding a case is adding a file; SLUICE_UPDATE_GOLDEN=1 writes the other.
const update = process.env.SLUICE_UPDATE_GOLDEN === "1";

for (const [name, file] of stacksIn("good")) {
  test(`good stack ${name} is understood`, () => {
    const expected = file.replace(/yaml$/, "json");
    const decoded = decodeStack(parse(readFileSync(file, "utf8")));
    if (update) writeFileSync(expected, `${JSON.stringify(decoded, null, 2)}\n`);
    assert.deepEqual(JSON.parse(JSON.stringify(decoded)), JSON.parse(readFileSync(expected, "utf8")));
  });
}

for (const [name, file] of stacksIn("bad")) {
  test(`bad stack ${name}: every problem is told, with its path, value, rule and remedy`, () => {
    const expected = file.replace(/yaml$/, "txt");
    const decoded = decodeStack(parse(readFileSync(file, "utf8")));
    assert("problems" in decoded, "was taken for good");
    const told = decoded.problems.map(({ path, reason }) => `${path}: ${reason}\n`).join("");
    if (update) writeFileSync(expected, told);
    assert.equal(told, readFileSync(expected, "utf8"));
  });
}

function stacksIn(folder: string): readonly (readonly [string, string])[] {
  const names = readdirSync(join(import.meta.dirname, folder)).filter((name) => name.endsWith(".yaml"));
  return names.map((name) => [name.replace(/\.yaml$/, ""), join(import.meta.dirname, folder, name)]);
}
