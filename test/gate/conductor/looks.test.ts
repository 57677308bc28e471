// Which windows of a step count, and when its clock starts.
import assert from "node:assert/strict";
import test from "node:test";
import { extended, historyFrom, type Reading } from "../../../gate/conductor/history.ts";
import { lateLooks, lookBefore, stepLooks } from "../../../gate/conductor/looks.ts";
import type { Plan } from "../../../gate/index.ts";

const plan: Plan = { steps: [10, 50], slis: [{ name: "availability", limit: 0.02 }] };
const grid = { origin: 1000, lookSeconds: 5 };

/** Requests of canary and stable in each second from the origin on, scraped at its end. */
function seconds(counts: readonly (readonly [number, number])[]) {
  const totals = { canary: 0, stable: 0 };
  const readings = counts.map(([canary, stable], i): Reading => {
    totals.canary += canary;
    totals.stable += stable;
    const point = (total: number) => [{ time: 1001 + i, total, bad: 0 }];
    const series = { key: "k", broken: [] };
    return {
      to: 1001 + i,
      lastScrape: 1001 + i,
      series: {
        availability: [
          { ...series, key: "c", revision: "canary", points: point(totals.canary) },
          { ...series, key: "s", revision: "stable", points: point(totals.stable) },
        ],
      },
    };
  });
  return readings.reduce(extended, historyFrom({ to: 1000, lastScrape: 1000, series: {} }));
}

const repeat = (n: number, canary: number, stable: number) => Array.from({ length: n }, () => [canary, stable] as const);

test("looks lie on the grid from the canary's start, whenever somebody looks", () => {
  const history = seconds(repeat(23, 10, 90));
  const { looks, startedAt } = stepLooks(history, plan, 0, { entered: 0 }, grid, 1023);
  assert.equal(startedAt, 0);
  assert.deepEqual(
    looks.map(({ at }) => at),
    [5, 10, 15, 20],
  );
  assert.equal(lookBefore(grid, 1023), 1020);
  assert.equal(lookBefore(grid, 1025), 1025);
});

test("at full weight from the start, the clock starts when no sample can be older than the step", () => {
  const { looks, startedAt } = stepLooks(seconds(repeat(20, 100, 0)), { ...plan, steps: [100] }, 0, { entered: 0 }, grid, 1020);
  assert.equal(startedAt, 15);
  assert.deepEqual(
    looks.map(({ at }) => at),
    [20],
  );
});

test("of copies, the first seconds warm the canary up and do not count, and any number of them starts the clock", () => {
  const history = seconds([...repeat(5, 0, 100), ...repeat(15, 5, 100)]);
  const { looks, startedAt } = stepLooks(history, { ...plan, strategy: "blueGreen", steps: [100] }, 0, { entered: 0 }, grid, 1020);
  assert.equal(startedAt, 10);
  assert.deepEqual(
    looks.map(({ at }) => at),
    [15, 20],
  );
});

test("the step's clock starts with the first window that shows the canary nearer to this weight than to the one before", () => {
  const history = seconds([...repeat(10, 10, 90), ...repeat(10, 50, 50)]);
  const { looks, startedAt, before } = stepLooks(history, plan, 1, { entered: 3 }, grid, 1020);
  assert.equal(startedAt, 10);
  assert.deepEqual(
    looks.map(({ at, stepStartedAt }) => [at, stepStartedAt]),
    [
      [15, 10],
      [20, 10],
    ],
  );
  assert.deepEqual(before, { canary: 20 + 50 + 250, stable: 180 + 450 + 250 });
});

test("a step entered between two looks begins with the part of a window that is left", () => {
  const history = seconds(repeat(10, 50, 50));
  const { looks, startedAt } = stepLooks(history, plan, 1, { entered: 3 }, grid, 1010);
  assert.equal(startedAt, 3);
  assert.deepEqual(looks[0]?.slis.availability?.canary, { total: 100, bad: 0 });
});

test("a share that stays too small starts the clock all the same after a while: a fault must not hide there", () => {
  const history = seconds(repeat(20, 1, 99));
  assert.equal(stepLooks(history, plan, 0, { entered: 0 }, grid, 1020).startedAt, 10);
});

test("without requests the clock does not start", () => {
  const { looks, startedAt } = stepLooks(seconds(repeat(20, 0, 0)), plan, 0, { entered: 0 }, grid, 1020);
  assert.equal(startedAt, undefined);
  assert.deepEqual(looks, []);
});

test("a step that was left has no looks after the one it was left at", () => {
  const { looks } = stepLooks(seconds(repeat(20, 10, 90)), plan, 0, { entered: 0, to: 10 }, grid, 1020);
  assert.deepEqual(
    looks.map(({ at }) => at),
    [5, 10],
  );
});

test("looks that never got an answer are blind in everything", () => {
  assert.deepEqual(lateLooks(grid, 0, 2, 10, 1021), [
    { at: 15, step: 0, stepStartedAt: 2, slis: {} },
    { at: 20, step: 0, stepStartedAt: 2, slis: {} },
  ]);
});
