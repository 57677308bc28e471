import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decide, judge } from "../../../gate/decision/index.ts";
import type { Look, Plan } from "../../../gate/types.ts";
import { oracle } from "./oracle.ts";

const plan: Plan = {
  steps: [10, 25, 50],
  slis: [
    { name: "availability", limit: 0.02 },
    { name: "latency", limit: 0.1 },
  ],
};

/** A look of both SLIs, each given as [canary total, canary bad, stable total, stable bad]. */
const look = (at: number, step: number, ...[availability, latency = availability]: [Four, Four?]): Look => ({
  at,
  step,
  slis: { availability: window(availability), latency: window(latency) },
});
type Four = [number, number, number, number];
const window = ([n, b, m, c]: Four) => ({ canary: { total: n, bad: b }, stable: { total: m, bad: c } });

test("no requests at all never promotes and never rolls back", () => {
  const looks = Array.from({ length: 1000 }, (_, i) => look(i * 5, 0, [0, 0, 0, 0]));
  const decision = decide(plan, looks);
  assert.equal(decision.decision, "wait");
  assert.equal(decision.logE, 0);
});

test("a stable revision with traffic and a canary without it proves nothing", () => {
  const looks = Array.from({ length: 1000 }, (_, i) => look(i * 5, 0, [0, 0, 1000, 3]));
  assert.equal(decide(plan, looks).decision, "wait");
});

test("a canary that fails everything while stable is silent is caught by the limit", () => {
  const decision = decide(plan, [look(5, 0, [10, 10, 0, 0])]);
  assert.equal(decision.decision, "rollback");
  assert.equal(decision.terms["availability/comparison"], 0);
});

test("a canary that is far worse than stable is rolled back although it keeps its limit", () => {
  const looks = Array.from({ length: 40 }, (_, i) => look(i * 5, 0, [1000, 15, 9000, 9], [1000, 0, 9000, 0]));
  const decision = decide(plan, looks);
  assert.equal(decision.decision, "rollback");
  assert.ok((decision.terms["availability/comparison"] ?? 0) > (decision.terms["availability/limit"] ?? 0));
});

test("a good canary goes on once the step has lasted its time, and not before", () => {
  const decision = (at: number) => decide(plan, [look(5, 0, [2000, 0, 18000, 20]), look(at, 0, [2000, 0, 18000, 20])]).decision;
  assert.equal(decision(19.9), "wait");
  assert.equal(decision(20), "advance");
});

test("the step's clock starts where the look says it does", () => {
  const started = { ...look(15, 0, [2000, 0, 18000, 20]), stepStartedAt: 0 };
  assert.equal(decide(plan, [started]).decision, "advance");
});

test("evidence of one step does not count as good in the next", () => {
  const looks = [look(5, 0, [5000, 0, 5000, 0]), look(20, 0, [5000, 0, 5000, 0]), look(25, 1, [1, 0, 3, 0]), look(60, 1, [1, 0, 3, 0])];
  assert.equal(decide(plan, looks.slice(0, 2)).decision, "advance");
  assert.equal(decide(plan, looks).decision, "wait");
});

test("an SLI that is blind is neither good nor bad: the rollout waits for it", () => {
  const { availability } = look(5, 0, [5000, 0, 5000, 0]).slis;
  assert.ok(availability);
  const decision = decide(
    plan,
    [5, 20, 40].map((at) => ({ at, step: 0, slis: { availability } })),
  );
  assert.equal(decision.decision, "wait");
  assert.equal(decision.good.latency, 0);
});

test("while stable is over its limit the canary is judged against stable, and a fix passes", () => {
  const looks = [5, 10, 15, 20, 25].map((at) => look(at, 0, [1000, 2, 9000, 2700], [1000, 0, 9000, 0]));
  const decision = decide(plan, looks);
  assert.deepEqual(decision.against, { availability: "stable", latency: "limit" });
  assert.equal(decision.terms["availability/limit"], Number.NEGATIVE_INFINITY);
  assert.equal(decision.decision, "advance");
});

test("while stable is over its limit a canary that is no better does not pass", () => {
  const looks = [5, 10, 15, 20, 25].map((at) => look(at, 0, [1000, 300, 9000, 2700], [1000, 0, 9000, 0]));
  assert.equal(decide(plan, looks).decision, "wait");
});

test("a rollout stops at its rollback: later looks change nothing", () => {
  const looks = [look(5, 0, [100, 90, 900, 0]), look(10, 0, [100000, 0, 900, 0])];
  assert.deepEqual(decide(plan, looks), decide(plan, looks.slice(0, 1)));
});

test("a billion requests a window overflow nothing", () => {
  for (const bad of [0, 1, 1e6, 5e8, 1e9]) {
    const { logE, terms, good } = decide(
      plan,
      Array.from({ length: 50 }, (_, i) => look(i * 5, 0, [1e9, bad, 1e9, 1e6])),
    );
    for (const value of [logE, ...Object.values(terms), ...Object.values(good)])
      assert.ok(!Number.isNaN(value) && value < Number.POSITIVE_INFINITY);
  }
});

const counts = fc
  .integer({ min: 0, max: 2000 })
  .chain((total) => fc.record({ total: fc.constant(total), bad: fc.integer({ min: 0, max: total }) }));
const looks = fc
  .array(
    fc.record({
      seconds: fc.integer({ min: 1, max: 20 }),
      next: fc.boolean(),
      slis: fc.record(
        { availability: fc.record({ canary: counts, stable: counts }), latency: fc.record({ canary: counts, stable: counts }) },
        { requiredKeys: [] },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((drawn) => {
    let at = 0;
    let step = 0;
    return drawn.map(({ seconds, next, slis }, i): Look => {
      at += seconds;
      if (next && i > 0) step = Math.min(step + 1, plan.steps.length - 1);
      return { at, step, slis: Object.fromEntries(Object.entries(slis).filter(([, w]) => w !== undefined)) };
    });
  });

test("the judge agrees with the formulas at every look of any rollout", () => {
  fc.assert(
    fc.property(looks, (looks) => {
      const judging = judge(plan);
      looks.forEach((look, i) => {
        const seen = judging.look(look);
        const expected = oracle(plan, looks.slice(0, i + 1));
        closeTo(seen.logE, expected.logE);
        plan.slis.forEach(({ name }, k) => {
          closeTo(seen.terms[`${name}/limit`], expected.slis[k]?.limit);
          closeTo(seen.terms[`${name}/comparison`], expected.slis[k]?.comparison);
          closeTo(seen.good[name], expected.slis[k]?.good);
        });
        if (Math.abs(expected.logE) > 1e-6) assert.equal(seen.decision, expected.decision);
      });
    }),
  );
});

function closeTo(seen: number | undefined, expected: number | undefined): void {
  assert.ok(seen !== undefined && expected !== undefined);
  const same = seen === expected; // also -Infinity
  assert.ok(same || Math.abs(seen - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${seen} is not ${expected}`);
}

test("of a thousand healthy rollouts with a look every second, at most alpha are rolled back", () => {
  let rolledBack = 0;
  for (let seed = 1; seed <= 1000; seed++) {
    const random = draws(seed);
    const bad = (n: number) => Array.from({ length: n }, random).filter((x) => x < 0.02).length;
    const judging = judge({ steps: [10, 25], alpha: 0.05, slis: [{ name: "availability", limit: 0.02 }] });
    for (let at = 1; at <= 60; at++) {
      const window = { canary: { total: 20, bad: bad(20) }, stable: { total: 60, bad: bad(60) } };
      if (judging.look({ at, step: at <= 30 ? 0 : 1, slis: { availability: window } }).decision === "rollback") {
        rolledBack++;
        break;
      }
    }
  }
  assert.ok(rolledBack <= 50, `${rolledBack} of 1000 at alpha 0.05`);
});

/** Park and Miller's generator: enough for a test, the same numbers every time. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
