import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import { countersOf, promqlProblem, type Slo, sloProblems } from "../../../../charts/slo/index.ts";
import { goldenCases } from "./golden.ts";
import { SOURCES } from "./sources.ts";

// golden/slos/good and golden/slos/bad hold sets of SLOs, with their queries and with their problems.
for (const { name, text, expected } of goldenCases("slos/good")) {
  test(`good SLOs ${name}: without problems, and their queries are as they were`, () => {
    const slos: readonly Slo[] = parse(text);
    assert.deepEqual(sloProblems(slos), []);
    const queries = slos.flatMap(queriesOf);
    for (const query of queries) assert.equal(promqlProblem(query), undefined, query);
    const actual = `${queries.join("\n")}\n`;
    assert.equal(actual, expected(actual));
  });
}

for (const { name, text, expected } of goldenCases("slos/bad")) {
  test(`bad SLOs ${name}: every problem is told, with its path, value, rule and remedy`, () => {
    const actual = sloProblems(parse(text))
      .map(({ path, reason }) => `${path}: ${reason}\n`)
      .join("");
    assert.notEqual(actual, "", "was taken for good");
    assert.equal(actual, expected(actual));
  });
}

const good: Slo = {
  name: "availability",
  service: "echo",
  objective: 99.9,
  window: { days: 30 },
  sli: { type: "availability", from: SOURCES.istio },
};

test("an objective is any percentage from 1 to below 100, and no other number", () => {
  const numbers = fc.oneof(fc.double(), fc.double({ min: -1, max: 101 }));
  fc.assert(
    fc.property(numbers, (objective) => {
      const found = sloProblems([{ ...good, objective }]);
      return found.length === (objective >= 1 && objective < 100 ? 0 : 1);
    }),
  );
});

test("a share is not taken for a percentage", () => {
  const [found] = sloProblems([{ ...good, objective: 0.995 }]);
  assert.equal(found?.reason, "0.995 is a share; write percent: 99.5");
});

test("a window is any number of whole days up to 292 years, or a month", () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer(), fc.double(), fc.integer({ min: -1, max: 110_000 })), (days) => {
      const found = sloProblems([{ ...good, window: { days } }]);
      return found.length === (days >= 1 && days <= 106_751 && Number.isInteger(days) ? 0 : 1);
    }),
  );
  assert.deepEqual(sloProblems([{ ...good, window: { calendar: "month" } }]), []);
});

test("each threshold of a known histogram is one of its buckets; of a native or an app's own histogram it is any", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("istio" as const, "otel" as const, "kong" as const),
      fc.integer({ min: 1, max: 1_000 }),
      (kind, thresholdMs) => {
        const latency = { type: "latency", from: SOURCES[kind], thresholdMs } as const;
        const problems = (sli: Slo["sli"]) => sloProblems([{ ...good, sli }]);
        const [found] = problems(latency);
        const known = found === undefined || found.reason.includes(", or say which buckets there are as bucketsMs");
        const free = [
          { ...latency, native: true },
          { ...latency, from: SOURCES.app },
          { ...latency, bucketsMs: [thresholdMs] },
        ];
        return known && free.every((sli) => problems(sli).length === 0);
      },
    ),
  );
});

test("problems are told of all SLOs, each with the value that is wrong", () => {
  const found = sloProblems([{ ...good, objective: 0 }, good, { ...good, name: "" }]);
  assert.deepEqual(
    found.map(({ path, value }) => [path, value]),
    [
      ["slos[0].objective", 0],
      ["slos[1].name", "availability"],
      ["slos[2].name", ""],
    ],
  );
});

function queriesOf(slo: Slo): readonly string[] {
  const { bad, total } = countersOf(slo.sli);
  return [bad("5m", slo.grouping ?? []), total("5m", slo.grouping ?? [])];
}
