import assert from "node:assert/strict";
import { test } from "node:test";
import { predict } from "../../../gate/decision/index.ts";

const plan = { steps: [10, 25, 50], slis: [{ name: "availability", limit: 0.02 }] };
const pace = { lookSeconds: 5, deadlineSeconds: 600 };
const at = (requestsPerSecond: number) => predict(plan, pace, { requestsPerSecond, badShare: { availability: 0.001 } });

test("a healthy rollout at 100 requests a second is predicted to take less than a minute", () => {
  const { healthy } = at(100);
  assert.equal(healthy.chance, 1);
  assert.ok(healthy.seconds !== undefined && healthy.seconds >= 45 && healthy.seconds <= 60, `${healthy.seconds}`);
});

test("more traffic catches a regression more surely and sooner", () => {
  const [slow, fast] = [at(10), at(1000)].map(({ regressions }) => regressions.find((r) => r.factor === 10));
  assert.ok(slow && fast && slow.chance < fast.chance);
  assert.ok((slow.seconds ?? Number.POSITIVE_INFINITY) > (fast.seconds ?? 0));
});

test("without traffic nothing is predicted to happen", () => {
  const { healthy, regressions } = at(0);
  assert.deepEqual(healthy, { chance: 0 });
  assert.ok(regressions.every((r) => r.chance === 0 && r.seconds === undefined));
});

test("what is copied is stable's as well, so that the two can be compared", () => {
  const caught = (strategy: "canary" | "blueGreen") =>
    predict({ ...plan, strategy, steps: [100] }, pace, { requestsPerSecond: 100, badShare: { availability: 0.001 } }).regressions[2]
      ?.chance ?? 0;
  assert.ok(caught("blueGreen") > caught("canary"), `${caught("blueGreen")}, without stable's requests ${caught("canary")}`);
});

test("the same question gets the same answer", () => assert.deepEqual(at(50), at(50)));
