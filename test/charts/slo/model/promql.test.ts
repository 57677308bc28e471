import assert from "node:assert/strict";
import { test } from "node:test";
import { counterIn } from "../../../../charts/slo/promql/counter.ts";
import { promqlProblem, selectorProblem } from "../../../../charts/slo/promql.ts";

for (const text of [
  "up",
  'sum by (code) (rate(http_requests_total{job=~"a|b"}[5m])) or vector(0)',
  "sum_over_time(sum(up)[1h:5m]) / 2",
  "max_over_time((up[5m] offset 1h))",
  "quantile_over_time(0.9, up[1h])",
  'up{path="/#"} # a comment',
]) {
  test(`${text}: PromQL`, () => assert.equal(promqlProblem(text), undefined));
}

for (const [text, reason] of [
  ["", "is not PromQL: it is empty"],
  ["sum(rate(x[5m])", "is not PromQL: it ends where more has to follow: something is not closed or not complete"],
  ['x{a="b"} 5', 'is not PromQL: unexpected "5" at character 10'],
  ["rate(x[5m]))", 'is not PromQL: unexpected ")" at character 12'],
  ["sum(\n  x{a=b}\n)", 'is not PromQL: unexpected "b}\\n)" at line 2, character 7'],
  ["rates(requests_total[5m])", 'is not PromQL: unexpected "(requests_total[5m])" at character 6'],
  ["sum(rate(x))", "has no range in rate() at character 5; write for example rate(requests_total[5m])"],
  ["sum(x[5m])", "has a range at character 5 where single values are needed; put it into increase() or another function of a range"],
  ["{}", "selects every series there is at character 1; name a metric"],
] as const) {
  test(`${JSON.stringify(text)} ${reason}`, () => assert.equal(promqlProblem(text), reason));
}

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
