import assert from "node:assert/strict";
import { test } from "node:test";
import { exactIncrements } from "../../../../charts/slo/rules/increments.ts";

const rise = (counter: string) =>
  `(last_over_time(${counter}[30s] offset 10s) - last_over_time(${counter}[1h] offset 40s) >= 0 or last_over_time(${counter}[30s] offset 10s))`;

for (const { what, given, made } of [
  { what: "a counter", given: "increase(jobs[5m])", made: rise("jobs") },
  {
    what: "several, each with labels",
    given: 'sum by (pod) (increase(a{x="y)"}[5m])) - sum(increase(b[5m])) * 0',
    made: `sum by (pod) (${rise('a{x="y)"}')}) - sum(${rise("b")}) * 0`,
  },
  { what: "no other function", given: "sum(rate(a[5m]))", made: "sum(rate(a[5m]))" },
  { what: "no range that is moved", given: "increase(a[5m] offset 1h)", made: "increase(a[5m] offset 1h)" },
]) {
  test(`what is counted exactly: ${what}`, () => assert.equal(exactIncrements(given, 30), made));
}

test("scrapes have no longer to arrive than there is between evaluations", () =>
  assert.match(exactIncrements("increase(a[5m])", 5), /a\[5s\] offset 5s.*a\[1h\] offset 10s/));
