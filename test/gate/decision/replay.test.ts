// Each file under evidence/good is replayed to what its "expect" says; each under evidence/bad is refused with every line of its .txt.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { replay } from "../../../gate/decision/index.ts";

const folder = new URL("evidence/", import.meta.url);
const files = (kind: string) => readdirSync(new URL(`${kind}/`, folder)).filter((name) => name.endsWith(".json"));
const read = (path: string) => readFileSync(new URL(path, folder), "utf8");

for (const file of files("good")) {
  test(`replaying ${file} gives the decision it expects`, () => {
    const { expect, ...evidence } = JSON.parse(read(`good/${file}`));
    assert.deepEqual(JSON.parse(JSON.stringify(replay(evidence))), expect);
    assert.deepEqual(replay({ verdict: "any", evidence }), replay(evidence), "a record is read like the evidence in it");
  });
}

for (const file of files("bad")) {
  test(`${file} is refused, naming every problem`, () => {
    const expected = read(`bad/${file.replace(".json", ".txt")}`).trimEnd();
    assert.throws(() => replay(JSON.parse(read(`bad/${file}`))), { name: "GateError", message: expected });
  });
}
