import assert from "node:assert/strict";
import { test } from "node:test";
import { allBoards, type Panel, panelsOf, type Target } from "./support/boards.ts";

/** The kinds of panels there are in dashboards/kinds; none of them is retired. */
const KINDS = ["timeseries", "stat", "table", "bargauge", "state-timeline"];

const COLUMNS = 24;

for (const board of allBoards) {
  const panels = panelsOf(board);

  test(`${board.name}: every panel says what it shows, in whole sentences, under a title of its own`, () => {
    for (const { title, description } of panels) assert.match(description, /^[A-Z].{20,}\.$/s, title);
    assert.deepEqual(
      panels.map(({ title }) => title).filter((title, index, all) => all.indexOf(title) !== index),
      [],
    );
  });

  test(`${board.name}: every panel has a unit, a table one for each of its columns`, () => {
    for (const panel of panels) {
      assert.ok(panel.fieldConfig?.defaults.unit, panel.title);
      if (panel.type === "table") assert.equal(unitsOfColumns(panel), panel.targets.length, panel.title);
    }
  });

  test(`${board.name}: no panel is of a retired type`, () => {
    for (const { type, title } of panels) assert.ok(KINDS.includes(type), `${title}: ${type}`);
  });

  test(`${board.name}: panels fill their lines and do not lie on each other`, () => {
    const taken = new Set<string>();
    for (const { title, gridPos } of board.panels)
      for (const cell of cells(gridPos)) {
        assert.ok(!taken.has(cell), `${title} lies on another panel at ${cell}`);
        taken.add(cell);
      }
    const bottom = Math.max(...board.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
    assert.equal(taken.size, bottom * COLUMNS, "there are gaps between the panels");
  });

  test(`${board.name}: thresholds rise, and begin below every value`, () => {
    for (const { title, fieldConfig } of panels) {
      const [first, ...rest] = fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value) ?? [null];
      assert.equal(first, null, title);
      assert.deepEqual(
        rest,
        rest.toSorted((a, b) => Number(a) - Number(b)),
        title,
      );
    }
  });

  test(`${board.name}: queries of a panel have names of their own, and ask the chosen datasource`, () => {
    for (const { title, targets } of panels) {
      assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, title);
      for (const { datasource, legendFormat, format } of targets) {
        assert.equal(datasource.uid, "$datasource", title);
        assert.ok(legendFormat || format === "table", `${title}: a query's series have no name`);
      }
    }
  });

  test(`${board.name}: every variable that is used is there, and every one that is there is used`, () => {
    const names = board.templating.list.map(({ name }) => name);
    const asked = JSON.stringify([board.panels, board.annotations, board.templating]);
    const used = new Set([...asked.matchAll(/\$\{?([a-z]\w*)/g)].map(([, name = ""]) => name));
    assert.deepEqual([...used].sort(), names.toSorted());
  });
}

test("boards have addresses and titles of their own", () => {
  assert.equal(new Set(allBoards.map(({ uid }) => uid)).size, allBoards.length);
  assert.equal(new Set(allBoards.map(({ title }) => title)).size, allBoards.length);
});

test("no two panels of a board ask the same", () => {
  for (const board of allBoards) {
    const asked = panelsOf(board)
      .filter(({ type }) => type === "timeseries")
      .map(({ targets }) => targets.map(({ expr }: Target) => expr).join("\n"));
    assert.equal(new Set(asked).size, asked.length, board.name);
  }
});

function unitsOfColumns({ fieldConfig }: Panel): number {
  return fieldConfig?.overrides.filter(({ properties }) => properties.some(({ id }) => id === "unit")).length ?? 0;
}

function cells({ x, y, w, h }: Panel["gridPos"]): readonly string[] {
  return Array.from({ length: w * h }, (_, index) => `column ${x + (index % w)}, row ${y + Math.floor(index / w)}`);
}
