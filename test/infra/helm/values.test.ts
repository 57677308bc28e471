import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import versions from "../../../infra/versions.json" with { type: "json" };
import { keysOf, unknownPaths } from "./keys.ts";
import { valueProblems } from "./problems.ts";

test("the keys of every chart are written down in the version we install", () => {
  for (const { chart, version } of Object.values(versions.charts)) assert.equal(keysOf(chart).version, version, chart);
});

test("every schema can be read", () => {
  for (const file of readdirSync(join(import.meta.dirname, "schemas"))) {
    const chart = file.replace(/\.json$/, "");
    valueProblems({ chart, version: keysOf(chart).version, values: {} });
  }
});

const chart = { version: "1", keys: { a: { b: 1, c: "*" }, "d.e": 1 }, commented: ["f"] } as const;
const cases: readonly (readonly [string, unknown, readonly (readonly string[])[]])[] = [
  ["a key that is there is known", { a: { b: 2 } }, []],
  ["a mistyped key is not, at any depth", { a: { bb: 2 }, x: 1 }, [["a", "bb"], ["x"]]],
  ["below an open mapping everything is known", { a: { c: { any: { thing: 1 } } } }, []],
  ["a mapping where the chart has one value is wrong", { a: { b: { x: 1 } } }, [["a", "b"]]],
  ["a key with a dot is one key", { "d.e": 1 }, []],
  ["a key that stands there as a comment is known", { a: { f: 1 } }, []],
];
for (const [sentence, values, unknown] of cases) {
  test(`values: ${sentence}`, () => assert.deepEqual(unknownPaths(values, chart), unknown));
}

test("a schema refuses what the keys alone would let pass", () => {
  const { version } = keysOf("opentelemetry-collector");
  const problems = valueProblems({ chart: "opentelemetry-collector", version, values: { mode: "everywhere" } });
  assert.match(problems.join("\n"), /opentelemetry-collector: mode must be equal to one of the allowed values/);
});
