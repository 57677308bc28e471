import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { durationText, windowPairs } from "../../../../charts/slo/rules/index.ts";
import { spelledDuration } from "../../../../charts/slo/rules/units.ts";

const DAY = 86_400;
const round = (value: number) => Number(value.toFixed(4));

// Google's and Sloth's tables.
for (const { days, factors } of [
  { days: 30, factors: [14.4, 6, 3, 1] },
  { days: 28, factors: [13.44, 5.6, 2.8, 0.9333] },
  { days: 7, factors: [13.44, 3.5, 1.4, 0.98] },
]) {
  test(`over ${days} days burn rates of ${factors.join(", ")} are told`, () =>
    assert.deepEqual(
      windowPairs(days).map(({ factor }) => round(factor)),
      factors,
    ));
}

test("over one day only the windows within it, and burn that leaves time to act", () =>
  assert.deepEqual(
    windowPairs(1).map(({ tier, factor }) => [tier, round(factor)]),
    [
      ["page-quick", 12],
      ["page-slow", 1.8095],
    ],
  ));

test("whatever the days, a pair spends its share of the budget within its long window, at most half of it", () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (days) => {
      for (const { factor, long, short, budgetPercent } of windowPairs(days)) {
        assert.equal(round((100 * factor * long) / (days * DAY)), round(budgetPercent));
        assert(budgetPercent <= 50 && long <= days * DAY);
        assert.equal(long, 12 * short);
      }
    }),
  ));

test("whatever the days, the faster burn has the shorter window", () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (days) => {
      const pairs = windowPairs(days);
      assert(pairs.every(({ factor, long }, i) => i === 0 || (factor < (pairs[i - 1]?.factor ?? 0) && long > (pairs[i - 1]?.long ?? 0))));
    }),
  ));

for (const { seconds, text, words } of [
  { seconds: 300, text: "5m", words: "5 minutes" },
  { seconds: 5400, text: "1h30m", words: "1 hour 30 minutes" },
  { seconds: 30, text: "30s", words: "1 minute" },
  { seconds: 3 * DAY, text: "3d", words: "3 days" },
  { seconds: 28 * DAY, text: "4w", words: "28 days" },
  { seconds: 30 * DAY, text: "30d", words: "30 days" },
  { seconds: 180_000, text: "2d2h", words: "2 days 2 hours" },
]) {
  test(`${seconds} s are ${text} to Prometheus and ${words} to people`, () =>
    assert.deepEqual([durationText(seconds), spelledDuration(seconds)], [text, words]));
}
