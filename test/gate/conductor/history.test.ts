// What counts as evidence of a window.
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { extended, historyFrom, type Point, type Reading, type Revision, type Series, windowOf } from "../../../gate/conductor/history.ts";

const STALE = 2.5;

function series(
  key: string,
  revision: Revision,
  points: readonly (readonly [number, number, number?])[],
  broken: readonly number[] = [],
): Series {
  return { key, revision, broken, points: points.map(([time, total, bad = 0]): Point => ({ time, total, bad })) };
}

function reading(to: number, ...all: readonly Series[]): Reading {
  return { to, series: { availability: all }, lastScrape: to };
}

const window = (from: number, to: number, readings: readonly [Reading, ...Reading[]]) => {
  const [first, ...more] = readings;
  return windowOf(more.reduce(extended, historyFrom(first)), "availability", from, to, STALE);
};

test("a window holds the differences between samples, summed over a revision's series", () => {
  const before = reading(
    10,
    series("a", "canary", [[10, 100, 5]]),
    series("b", "canary", [[10, 50]]),
    series("c", "stable", [[10, 900, 9]]),
  );
  const after = reading(
    11,
    series("a", "canary", [[11, 110, 7]]),
    series("b", "canary", [[11, 51]]),
    series("c", "stable", [[11, 1000, 10]]),
  );
  assert.deepEqual(window(10, 11, [before, after]), { canary: { total: 11, bad: 2 }, stable: { total: 100, bad: 1 } });
});

test("a counter that falls was restarted at 0: what it shows is what it counted since", () => {
  const points = [
    [10, 100, 5],
    [11, 3, 1],
    [12, 7, 1],
  ] as const;
  assert.deepEqual(window(10, 12, [reading(12, series("a", "canary", points))])?.canary, { total: 7, bad: 1 });
});

test("a series that vanishes keeps what it had counted, and one that returns goes on", () => {
  const before = reading(10, series("a", "canary", [[10, 100]]), series("b", "stable", [[10, 1]]));
  const gone = reading(
    12,
    series("a", "canary", [[11, 120]]),
    series("b", "stable", [
      [11, 1],
      [12, 1],
    ]),
  );
  const back = reading(13, series("a", "canary", [[13, 125]]), series("b", "stable", [[13, 1]]));
  assert.equal(window(10, 12, [before, gone, back])?.canary.total, 20);
  assert.equal(window(12, 13, [before, gone, back])?.canary.total, 5);
});

test("a series that appears while Prometheus watches began at 0", () => {
  const late = reading(11, series("a", "canary", [[11, 8, 2]]), series("b", "stable", [[11, 5]]));
  assert.deepEqual(window(10, 11, [reading(10, series("b", "stable", [[10, 5]])), late])?.canary, { total: 8, bad: 2 });
});

test("a series that was there before Prometheus watched counts only what it grows by", () => {
  const blindStart: Reading = { to: 10, series: { availability: [] } };
  const points = [
    [11, 1_000_000, 70],
    [12, 1_000_004, 71],
  ] as const;
  assert.deepEqual(window(10, 12, [blindStart, reading(12, series("a", "stable", points))])?.stable, { total: 4, bad: 1 });
});

test("no sample for too long is blind, for both revisions, and never zero bad requests", () => {
  const readings = [reading(10, series("a", "canary", [[10, 1]]), series("b", "stable", [[10, 1]])), reading(20)] as const;
  assert.ok(window(10, 12, readings));
  assert.equal(window(12, 13, readings), undefined);
});

test("no series at all is a service that nobody called, not blindness", () => {
  assert.deepEqual(window(10, 11, [reading(10), reading(11)]), { canary: { total: 0, bad: 0 }, stable: { total: 0, bad: 0 } });
});

test("a sample that cannot be used makes its window blind, and its requests show in the next", () => {
  const read = reading(
    12,
    series(
      "a",
      "canary",
      [
        [10, 10],
        [12, 30],
      ],
      [11],
    ),
  );
  assert.equal(window(10, 11, [read]), undefined);
  assert.equal(window(11, 12, [read])?.canary.total, 20);
});

test("an SLI that was never read has no evidence of its own to offer", () => {
  assert.deepEqual(windowOf(historyFrom(reading(10)), "latency", 9, 10, STALE), {
    canary: { total: 0, bad: 0 },
    stable: { total: 0, bad: 0 },
  });
});

test("however the samples were read and wherever windows are cut, every request is counted once", () => {
  const steps = fc.array(fc.record({ more: fc.nat(50), bad: fc.nat(50), restart: fc.boolean() }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(steps, fc.array(fc.nat(30), { maxLength: 5 }), (steps, cuts) => {
      let [total, bad, counted, countedBad] = [0, 0, 0, 0];
      const points = steps.map(({ more, bad: badMore, restart }, i): [number, number, number] => {
        const newBad = Math.min(more, badMore);
        // A restart to the same height or above cannot be told from growth.
        const falls = restart && more < total;
        [total, bad] = falls ? [more, newBad] : [total + more, bad + newBad];
        counted += more;
        countedBad += newBad;
        return [i + 1, total, bad];
      });
      const ends = [...new Set([...cuts.filter((cut) => cut > 0 && cut < steps.length), steps.length])].sort((a, b) => a - b);
      const readings = ends.map((to, i) =>
        reading(
          to,
          series(
            "a",
            "canary",
            points.filter(([time]) => time > (ends[i - 1] ?? 0) && time <= to),
          ),
        ),
      );
      const history = readings.reduce(extended, historyFrom(reading(0)));
      const windows = ends.map((to, i) => windowOf(history, "availability", ends[i - 1] ?? 0, to, STALE)?.canary);
      assert.equal(
        windows.reduce((n, w) => n + (w?.total ?? 0), 0),
        counted,
      );
      assert.equal(
        windows.reduce((n, w) => n + (w?.bad ?? 0), 0),
        countedBad,
      );
    }),
  );
});
