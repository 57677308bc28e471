// Blue-green rollouts: judged on copies, and then switched at once.
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { replay } from "../../../gate/index.ts";
import { conducted, rolling } from "./support.ts";
import { type WorldOptions, world } from "./world.ts";

const switching = (options: WorldOptions = {}) => rolling({ strategy: "blueGreen", ...options });

test("a healthy version is judged on copies and then has all requests at once", async () => {
  const w = await switching();
  const { record, said, seconds } = await conducted(w);
  assert.equal(record.verdict, "promoted");
  assert.match(record.reason, /^good at copies of 100%: availability 0\/\d+ bad/);
  assert.equal(w.view().stable, "new");
  assert.equal(w.copied(), 0);
  assert.ok(seconds < 20, `took ${seconds} s`);
  assert.match(said.find((line) => line.includes(" look 1 ")) ?? "", /^echo 1\.1\.0 {2}copies 100% {2}look 1 .*stable \d+\/\d+/);
});

test("a bad version is rolled back, and no user ever met it", async () => {
  for (const canary of [{ errors: 0.3 }, { slow: 0.4 }]) {
    const w = await switching({ canary });
    const { record } = await conducted(w);
    assert.equal(record.verdict, "rolled back");
    assert.match(record.reason, /: the canary is (more than 1\.5 times as bad as stable|over its limit)/);
    assert.deepEqual([w.view().stable, w.view().aborted, w.failures.canary, w.copied()], ["old", true, 0, 0]);
  }
});

test("a version that is worse than a very good stable is found by the comparison, below its limit", async () => {
  const { record } = await conducted(await switching({ canary: { errors: 0.015 }, requestsPerSecond: 1000 }));
  assert.equal(record.verdict, "rolled back");
  assert.match(record.reason, /more than 1\.5 times as bad as stable/);
});

test("a record judged again gives the decision it tells of", async () => {
  const { record } = await conducted(await switching());
  assert.equal(record.evidence.plan.strategy, "blueGreen");
  assert.deepEqual(JSON.parse(JSON.stringify(replay(JSON.parse(JSON.stringify(record))))), record.decision);
});

test("without requests that may be copied there is no verdict before the deadline", async () => {
  for (const [onDeadline, verdict] of [
    ["rollback", "rolled back"],
    ["hold", "held"],
  ] as const) {
    const w = await switching({ reads: 0, inputs: { onDeadline } });
    const { record } = await conducted(w);
    assert.equal(record.verdict, verdict);
    assert.match(record.reason, /^copies 100%: no verdict in 120 s: the canary's share was not seen: 0 of \d+ requests$/);
    assert.deepEqual([w.view().stable, w.view().aborted, w.copied()], ["old", verdict === "rolled back", 0]);
  }
});

test("a rollout held at its deadline copies nothing until the next conductor goes on with the same evidence", async () => {
  const w = await switching({ requestsPerSecond: 0.5, inputs: { onDeadline: "hold" } });
  const held = await conducted(w);
  assert.equal(held.record.verdict, "held");
  assert.deepEqual([w.view().pausedAt, w.copied()], [0, 0]);
  w.setTraffic(100);
  const { record } = await conducted(w, w.conductor(), held.record);
  assert.equal(record.verdict, "promoted");
  assert.equal(record.startedAt, held.record.startedAt);
});

test("an interrupted conductor ends the copies, and a killed one's go on until the next one's verdict", async () => {
  const w = await switching({ inputs: { minStepSeconds: 20 } });
  const killed = w.conductor();
  w.at(6, () => killed.kill());
  await Promise.race([conducted(w, killed), killed.died]);
  assert.equal(w.copied(), 100);
  const interrupted = w.conductor();
  w.at(14, () => interrupted.interrupt());
  assert.equal((await conducted(w, interrupted)).record.verdict, "held");
  assert.equal(w.copied(), 0);
  assert.equal((await conducted(w)).record.verdict, "promoted");
  assert.equal(w.copied(), 0);
});

test("killed at any moment and taken up when the Lease ran out, a rollout has the same kind of end", async () => {
  const property = fc.asyncProperty(fc.constantFrom({}, { errors: 0.2 }), fc.integer({ min: 1, max: 120 }), async (canary, diesAtCall) => {
    const w = await switching({ canary });
    const first = w.conductor({ diesAtCall });
    const ended = await Promise.race([conducted(w, first), first.died]);
    const { record } = ended === "died" ? await conducted(w) : ended;
    assert.equal(record.verdict, "errors" in canary ? "rolled back" : "promoted");
    assert.equal(w.copied(), 0);
    assert.equal(w.failures.canary, 0);
  });
  await fc.assert(property, { numRuns: 20 });
});

test("a conductor that lost its Lease leaves the copies to whoever has it now", async () => {
  const w = await switching({ inputs: { minStepSeconds: 20 } });
  w.at(6, () => w.setLease({ holder: "host/other/start", seconds: 10, renewed: "later" }));
  const { record } = await conducted(w);
  assert.match(record.reason, /the Lease was taken over by host\/other\/start/);
  assert.equal(w.copied(), 100);
});

test("as long as the controller would go back after a switch, the old tag does so at once; later it is judged like any other", async () => {
  for (const [seconds, reason] of [
    [10, /that of the stable revision: nothing to judge/],
    [90, /^good at copies of 100%/],
  ] as const) {
    const w = await switching();
    const { record } = await conducted(w);
    await w.sleep(seconds);
    w.apply("old");
    const back = await conducted(w, w.conductor(), record, { ...w.inputs, template: "sha256:old" });
    assert.match(back.record.reason, reason);
    assert.equal(w.view().stable, "old");
  }
});

test("the old tag ends copies that a killed conductor left", async () => {
  const w = await switching({ inputs: { minStepSeconds: 20 } });
  const killed = w.conductor();
  w.at(6, () => killed.kill());
  await Promise.race([conducted(w, killed), killed.died]);
  w.apply("old");
  const { record } = await conducted(w, w.conductor(), undefined, { ...w.inputs, template: "sha256:old" });
  assert.match(record.reason, /that of the stable revision/);
  assert.equal(w.copied(), 0);
});

test("a first revision has nothing to be copied from: it is judged on the users' requests, against its limits", async () => {
  const w = world({ strategy: "blueGreen", firstRevision: true });
  w.apply("new");
  const { record } = await conducted(w);
  assert.equal(record.verdict, "promoted");
  assert.deepEqual([record.evidence.plan.steps, record.evidence.plan.strategy], [[100], undefined]);
});

test("a template that was promoted already gives its record at once, and one that was rolled back as well", async () => {
  for (const canary of [{}, { errors: 0.3 }]) {
    const w = await switching({ canary });
    const first = await conducted(w);
    const second = await conducted(w, w.conductor(), first.record);
    assert.equal(second.record, first.record);
    assert.equal(second.seconds, 0);
  }
});

test("a Rollout of the other strategy is refused before anything is judged", async () => {
  const w = await rolling();
  const inputs = { ...w.inputs, strategy: "blueGreen", steps: [100] } as const;
  await assert.rejects(conducted(w, w.conductor(), undefined, inputs), /pauses at 10, 25, 50%, the gate is told to judge at 0%/);
});
