// Conductors that are killed, and what the next one makes of it.
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { type GateRecord, replay } from "../../../gate/index.ts";
import { conducted, rolling } from "./support.ts";
import type { Behaviour, World } from "./world.ts";

const canaries: readonly Behaviour[] = [{}, { errors: 0.05 }, { slow: 0.3 }, { errors: 0.01 }];

/** What must not depend on who conducted. The end's moment may: a new conductor reads a little before it acts. */
function essence({ endedAt: _when, ...record }: GateRecord): unknown {
  return record;
}

async function killedAndResumed(w: World, diesAtCall: number, afterDeath: () => void): Promise<GateRecord> {
  const first = w.conductor({ diesAtCall });
  const ended = await Promise.race([conducted(w, first), first.died]);
  if (ended !== "died") return ended.record;
  afterDeath();
  return (await conducted(w)).record;
}

function freeLease(w: World): void {
  const lease = w.lease();
  if (!lease) return;
  const { holder: _dead, ...free } = lease;
  w.setLease(free);
}

test("killed at any moment and taken up at once, a rollout has the same evidence, decision and verdict", async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...canaries),
    fc.integer({ min: 1, max: 20 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    async (canary, seed, moment) => {
      const reference = await rolling({ canary, seed });
      const undisturbed = reference.conductor();
      const expected = (await conducted(reference, undisturbed)).record;
      const w = await rolling({ canary, seed });
      const record = await killedAndResumed(w, 1 + Math.floor(moment * undisturbed.calls()), () => freeLease(w));
      assert.deepEqual(essence(record), essence(expected));
      assert.equal(w.view().aborted, record.verdict === "rolled back");
    },
  );
  await fc.assert(property, { numRuns: 30 });
});

test("killed at any moment and taken up when the Lease ran out, a rollout has the same kind of end, and every look", async () => {
  const property = fc.asyncProperty(
    fc.constantFrom<Behaviour>({}, { errors: 0.2 }),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 200 }),
    async (canary, seed, diesAtCall) => {
      const w = await rolling({ canary, seed });
      const record = await killedAndResumed(w, diesAtCall, () => undefined);
      assert.equal(record.verdict, canary.errors ? "rolled back" : "promoted");
      assert.equal(replay(record).decision, canary.errors ? "rollback" : "advance");
      for (const step of [0, 1, 2]) {
        const at = record.evidence.looks.filter((look) => look.step === step).map((look) => look.at);
        assert.deepEqual(
          at,
          at.map((_, i) => (at[0] ?? 0) + i),
          "looks are missing",
        );
      }
    },
  );
  await fc.assert(property, { numRuns: 20 });
});
