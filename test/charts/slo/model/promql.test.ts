import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { counterIn } from "../../../../charts/slo/promql/counter.ts";
import { promqlProblem, selectorProblem } from "../../../../charts/slo/promql.ts";
import { jobs } from "../rules/traffic.ts";
import { ACCEPTED, NOT_LOOKED_FOR, REFUSED, REFUSED_BY_US_ALONE } from "./expressions.ts";

for (const text of ACCEPTED) test(`${text}: PromQL`, () => assert.equal(promqlProblem(text), undefined));

for (const text of NOT_LOOKED_FOR) test(`${text} passes`, () => assert.equal(promqlProblem(text), undefined));

for (const [text, reason] of [...REFUSED, ...REFUSED_BY_US_ALONE])
  test(`${JSON.stringify(text)} ${reason}`, () => assert.equal(promqlProblem(text), reason));

for (const text of ["jobs_total", ' jobs_total{queue="mail",} ', '{__name__="jobs_total"}', 'jobs_total{path="#"}'])
  test(`${text} can be counted`, () => assert.equal(selectorProblem(text), undefined));

for (const text of [
  "jobs_total[5m]",
  "rate(jobs_total[5m])",
  "jobs_total offset 5m",
  "jobs_total @ 0",
  "a + b",
  "5",
  "jobs_total # of mail",
])
  test(`${text} cannot be given a range and labels`, () => assert.match(selectorProblem(text) ?? "", /^is not an instant selector; write/));

for (const [text, reason] of [
  ['jobs_total{queue=~"("}', "has a regular expression for queue at character 12 that RE2 refuses: missing closing ): `(`"],
  ['{queue=~".*"}', "selects every series there is at character 1; name a metric"],
  ['jobs_total{__name__="other"}', "names two metrics at character 1; name one"],
] as const)
  test(`${text} cannot be counted: it ${reason}`, () => assert.equal(selectorProblem(text), reason));

test("what checks whole expressions is an editor's: it is loaded for the first of them, and not for selectors", () => {
  const program = [
    `import { createRequire } from "node:module";`,
    `import { promqlProblem, sloProblems } from ${JSON.stringify(import.meta.resolve("../../../../charts/slo/index.ts"))};`,
    `const { cache } = createRequire(${JSON.stringify(import.meta.url)});`,
    `const loaded = () => Object.keys(cache).some((file) => file.includes("codemirror"));`,
    `console.log(sloProblems([${JSON.stringify(jobs)}]).length, loaded(), promqlProblem("sum(up)"), loaded());`,
  ];
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program.join("\n")], { encoding: "utf8" });
  assert.equal(stdout, "0 false undefined true\n");
});

test("the counter is found in the ways in which other tools have it written", () => {
  const counter = 'jobs_total{queue="mail"}';
  for (const query of [counter, `sum(${counter})`, `sum(rate(${counter}[5m]))`, `(sum(increase(${counter}[1h])))`])
    assert.equal(counterIn(query), counter, query);
});

test("nothing is taken for a counter that would lose part of what a query says", () => {
  for (const query of [
    "sum by (queue) (rate(x[5m]))",
    "sum(rate(x[5m])) by (queue)",
    "avg(x)",
    "irate(x[5m])",
    "sum(rate(x[5m] offset 1h))",
    "x or y",
    "2 * x",
    "sum(x",
  ])
    assert.equal(counterIn(query), undefined, query);
});

test("a long expression is read to its end before it is judged, however busy the machine is", () => {
  const long = Array.from({ length: 100 }, () => 'label_replace(up, "a", "$1", "b", "(.*)")').join(" + ");
  assert.equal(promqlProblem(long), undefined);
});
