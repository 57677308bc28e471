import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { planNodeGroups } from "../../../components/cluster/eks/nodePlan.ts";

const zones = ["a", "b", "c"];
const wishes = fc
  .record({ minimum: fc.integer({ min: 1, max: 50 }), more: fc.nat(50), spotShare: fc.double({ min: 0, max: 0.9, noNaN: true }) })
  .map(({ minimum, more, spotShare }) => ({ minimum, maximum: minimum + more, spotShare }));
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

test("all groups together have as many nodes as were asked for", () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      const groups = planNodeGroups(wish, zones);
      assert.equal(sum(groups.map(({ minimum }) => minimum)), wish.minimum);
      assert.equal(sum(groups.map(({ maximum }) => maximum)), wish.maximum);
    }),
  );
});

test("no more than the stated share is spot, and some node never is", () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      const spot = planNodeGroups(wish, zones).filter(({ capacity }) => capacity === "SPOT");
      const most = sum(spot.map(({ maximum }) => maximum));
      assert.ok(most <= wish.maximum * wish.spotShare);
      assert.ok(sum(spot.map(({ minimum }) => minimum)) < wish.minimum);
    }),
  );
});

test("zones are even: no two groups of a kind differ by more than one node", () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      for (const capacity of ["ON_DEMAND", "SPOT"]) {
        const sizes = zones.map((zone) => planNodeGroups(wish, zones).find((one) => one.zone === zone && one.capacity === capacity));
        const maxima = sizes.map((plan) => plan?.maximum ?? 0);
        assert.ok(Math.max(...maxima) - Math.min(...maxima) <= 1);
      }
    }),
  );
});

test("no group is there that may have no node, and none is at least larger than at most", () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      for (const { minimum, maximum } of planNodeGroups(wish, zones)) assert.ok(minimum >= 0 && minimum <= maximum && maximum > 0);
    }),
  );
});

test("four to eight nodes over three zones, half of them spot", () => {
  const groups = planNodeGroups({ minimum: 4, maximum: 8, spotShare: 0.5 }, zones);
  assert.deepEqual(
    groups.map(({ zone, capacity, minimum, maximum }) => [zone, capacity, minimum, maximum]),
    [
      ["a", "ON_DEMAND", 1, 2],
      ["b", "ON_DEMAND", 1, 1],
      ["c", "ON_DEMAND", 0, 1],
      ["a", "SPOT", 1, 2],
      ["b", "SPOT", 1, 1],
      ["c", "SPOT", 0, 1],
    ],
  );
});
