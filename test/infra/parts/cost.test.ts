import assert from "node:assert/strict";
import { test } from "node:test";
import { cost } from "../../../infra/stack/parts/cost.ts";
import { told } from "./told.ts";

test("budgets are 5 and 10 dollars, and a dollar too much is told, unless it is said otherwise", () => {
  assert.deepEqual(cost.parse({ emails: ["a@example.com"] }), { emails: ["a@example.com"], budgets: [5, 10], anomaly: 1 });
});

test("what nobody could be told with is refused, all at once", () => {
  assert.deepEqual(told(cost, { emails: ["platform"], budgets: [0], monitor: "Default-Services-Monitor" }), [
    "budgets[0]: 0 is not a whole number of at least 1; write for example 1",
    'emails[0]: "platform" is not an e-mail address; write for example platform@example.com',
    'monitor: "Default-Services-Monitor" is not the ARN of a cost anomaly monitor; write for example arn:aws:ce::111122223333:anomalymonitor/0a1b2c3d',
  ]);
});
