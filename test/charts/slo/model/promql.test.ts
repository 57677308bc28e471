import assert from "node:assert/strict";
import { test } from "node:test";
import { counterIn } from "../../../../charts/slo/promql/counter.ts";
import { promqlProblem, selectorProblem } from "../../../../charts/slo/promql.ts";
import { ACCEPTED, REFUSED } from "./expressions.ts";

for (const text of ACCEPTED) test(`${text}: PromQL`, () => assert.equal(promqlProblem(text), undefined));

for (const [text, reason] of REFUSED) test(`${JSON.stringify(text)} ${reason}`, () => assert.equal(promqlProblem(text), reason));

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
