import assert from "node:assert/strict";
import { test } from "node:test";
import type { Recorded } from "../../support/mocks.ts";
import { lost, treeOf } from "./tree.ts";

const plain = { inputs: {}, secrets: [], protect: false, retainOnDelete: false, provider: undefined, aliases: 0, custom: true };
const mesh: Recorded = { ...plain, type: "sluice:mesh:Mesh", name: "mesh", parent: undefined, custom: false };
const istiod: Recorded = {
  ...plain,
  type: "kubernetes:helm.sh/v3:Release",
  name: "mesh-istiod",
  parent: "sluice:mesh:Mesh mesh",
  inputs: { chart: "istiod", version: "1.2.3" },
};
const table: Recorded = {
  ...plain,
  type: "aws:dynamodb/table:Table",
  name: "orders",
  parent: undefined,
  protect: true,
  retainOnDelete: true,
};

test("a tree has every resource below the one it belongs to, with its guards, and a release with its chart", () => {
  assert.equal(
    treeOf([istiod, table, mesh]),
    [
      "aws:dynamodb/table:Table orders (protected) (kept when deleted)",
      "sluice:mesh:Mesh mesh",
      "  kubernetes:helm.sh/v3:Release mesh-istiod (istiod 1.2.3)",
      "",
    ].join("\n"),
  );
});

test("a table of another name is a table lost, whatever its guards were", () => {
  const now = treeOf([{ ...table, name: "orders-2", protect: false }]);
  assert.deepEqual(lost(treeOf([table, mesh]), now), ["aws:dynamodb/table:Table orders"]);
});

test("another version of a chart loses nothing, and neither does a component", () => {
  const now = treeOf([{ ...istiod, parent: undefined, inputs: { chart: "istiod", version: "1.2.4" } }]);
  assert.deepEqual(lost(treeOf([mesh, istiod]), now), []);
});
