import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { valueProblems } from "../helm/problems.ts";
import { RULES } from "./rules.ts";
import { runStack, STACKS } from "./run.ts";
import { lost, treeOf } from "./tree.ts";

// SLUICE_UPDATE_GOLDEN=1 writes golden/: read the difference as a reviewer would. What would be lost is never written: a rename needs aliases, or the
// line's removal by hand.
const update = process.env.SLUICE_UPDATE_GOLDEN === "1";

for (const stack of STACKS) {
  const { name } = stack;
  test(`stack ${name}`, async (t) => {
    const { all } = await runStack(stack);
    const file = join(import.meta.dirname, "golden", `${name}.txt`);
    const before = existsSync(file) ? readFileSync(file, "utf8") : "";
    const tree = treeOf(all);

    await t.test("loses nothing that holds data", () => assert.deepEqual(lost(before, tree), []));
    await t.test("is made of what golden/ says", () => {
      if (update && lost(before, tree).length === 0) writeFileSync(file, tree);
      assert.equal(tree, readFileSync(file, "utf8"));
    });
    for (const { sentence, broken } of RULES) {
      await t.test(sentence, () => {
        const problems = all.flatMap((resource) => {
          const problem = broken(resource);
          return problem === undefined ? [] : [`${resource.type} ${resource.name}: ${problem}`];
        });
        assert.deepEqual(problems, []);
      });
    }
    await t.test("every Helm value is one of its chart, in the version that is installed", () => {
      const releases = all.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
      const problems = releases.flatMap(({ inputs: { chart, version, values } }) =>
        valueProblems({ chart: String(chart).split("/").at(-1) ?? "", version, values }),
      );
      assert.deepEqual(problems, []);
    });
  });
}
