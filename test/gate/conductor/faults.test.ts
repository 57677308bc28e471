// Rollouts during which something else breaks.
import assert from "node:assert/strict";
import test from "node:test";
import { GateError, replay } from "../../../gate/index.ts";
import { conducted, rolling } from "./support.ts";

test("Prometheus stopped for 30 s in a step: blind looks are counted, no verdict comes from them, the rollout goes on after", async () => {
  const w = await rolling();
  const conductor = w.conductor();
  let stoppedAt = 0;
  w.at(8, () => {
    stoppedAt = conductor.said.length;
    w.stopPrometheus();
  });
  w.at(38, () => {
    const meanwhile = conductor.said.slice(stoppedAt + 1);
    assert.ok(meanwhile.length >= 25);
    for (const line of meanwhile) assert.match(line, /step 1\/3 10% {2}at \d+ s {2}blind: Prometheus does not answer/);
    assert.equal(w.view().pausedAt, 0);
    w.startPrometheus();
  });
  const { record } = await conducted(w, conductor);
  assert.equal(record.verdict, "promoted");
  assert.ok((record.blind.availability ?? 0) >= 25 && (record.blind.availability ?? 0) <= 30, JSON.stringify(record.blind));
  assert.equal(record.blind.latency, record.blind.availability);
});

test("requests counted while Prometheus was down show in the first window after it, for both revisions", async () => {
  const w = await rolling({ canary: { errors: 0.05 }, inputs: { alpha: 1e-9, deadlineSeconds: 600 } });
  w.at(5, w.stopPrometheus);
  w.at(35, w.startPrometheus);
  const { record } = await conducted(w);
  const seeing = record.evidence.looks.filter(({ slis }) => slis.availability);
  const largest = Math.max(...seeing.map(({ slis }) => slis.availability?.stable.total ?? 0));
  assert.ok(largest > 30 * 150, `the window after the gap holds ${largest} requests of stable`);
  const [first] = record.evidence.looks;
  const seconds = (record.evidence.looks.at(-1)?.at ?? 0) - (first?.stepStartedAt ?? 0);
  const counted = seeing.reduce((n, { slis }) => n + (slis.availability?.stable.total ?? 0) + (slis.availability?.canary.total ?? 0), 0);
  assert.ok(Math.abs(counted - 200 * seconds) < 400, `${counted} requests counted in ${seconds} s`);
});

test("a Prometheus that stays silent ends in the deadline, and the record says that everything was blind", async () => {
  const w = await rolling();
  w.stopPrometheus();
  const { record } = await conducted(w);
  assert.equal(record.verdict, "rolled back");
  assert.match(record.reason, /no verdict in 120 s: Prometheus does not answer/);
  assert.ok((record.blind.availability ?? 0) > 100);
  assert.equal(replay(record).decision, "wait");
});

test("an API server that restarts in a step: the conductor goes on, with every look", async () => {
  const w = await rolling();
  w.at(8, w.stopApi);
  w.at(20, w.startApi);
  const { record, said } = await conducted(w);
  assert.equal(record.verdict, "promoted");
  assert.ok(said.some((line) => /does not answer \(connect ECONNREFUSED/.test(line)));
  assert.ok(said.includes("the API server answers again"));
  const at = record.evidence.looks.filter(({ step }) => step === 0).map((look) => look.at);
  assert.deepEqual(
    at,
    at.map((_, i) => (at[0] ?? 0) + i),
  );
});

test("an API server that stays away ends in a held rollout", async () => {
  const w = await rolling();
  w.at(8, w.stopApi);
  const { record } = await conducted(w);
  assert.equal(record.verdict, "held");
  assert.match(record.reason, /the API server did not answer for 18\d s/);
});

test("counters that begin again at 0 are no evidence of anything", async () => {
  const w = await rolling();
  for (const second of [6, 9, 14, 21]) w.at(second, w.resetCounters);
  const { record } = await conducted(w);
  assert.equal(record.verdict, "promoted");
  for (const { slis } of record.evidence.looks) assert.ok((slis.availability?.stable.total ?? 0) < 400);
});

test("SIGINT leaves the Rollout paused at its weight, says how to go on, and the next conductor goes on", async () => {
  const w = await rolling();
  const conductor = w.conductor();
  w.at(9, conductor.interrupt);
  const stopped = await conducted(w, conductor);
  assert.equal(stopped.record.verdict, "held");
  assert.equal(stopped.record.reason, "stopped by SIGINT");
  assert.match(stopped.refusal?.message ?? "", /the Rollout stays as it is: run `pulumi up` again to go on from here/);
  assert.equal(w.view().pausedAt, 0);
  assert.equal(w.lease()?.holder, undefined);
  const { record, said } = await conducted(w, w.conductor(), stopped.record);
  assert.equal(record.verdict, "promoted");
  assert.match(said[0] ?? "", /going on where the conductor before this one stopped/);
});

test("a conductor whose engine is gone stops acting and lets the Lease go", async () => {
  const w = await rolling();
  const conductor = w.conductor();
  w.at(9, conductor.orphan);
  const { record } = await conducted(w, conductor);
  assert.equal(record.verdict, "held");
  assert.match(record.reason, /the pulumi that asked for this rollout is gone/);
  assert.equal(w.lease()?.holder, undefined);
  await w.sleep(60);
  assert.equal(w.view().pausedAt, 0);
});

test("a second conductor is refused, and told who is at work and since when", async () => {
  const w = await rolling();
  const first = conducted(w, w.conductor());
  await w.sleep(6);
  await assert.rejects(conducted(w, w.conductor()), (error) => {
    assert.ok(error instanceof GateError);
    assert.match(error.message, /another conductor is at work on this Rollout: host\/1\/start since 2026-11-21T12:00:2\d/);
    return true;
  });
  assert.equal((await first).record.verdict, "promoted");
});

test("the Lease of a conductor that died is taken over once it has been silent for its duration", async () => {
  const w = await rolling();
  w.setLease({ holder: "other/7/then", seconds: 10, renewed: "2026-11-21T11:00:00Z", acquired: "2026-11-21T10:00:00Z" });
  const { record, said } = await conducted(w);
  assert.equal(record.verdict, "promoted");
  assert.ok(said.some((line) => /the Lease is held by other\/7\/then since 2026-11-21T10:00:00Z: waiting up to 10 s/.test(line)));
});

test("a conductor that lost its Lease stops at once and does not touch the Rollout", async () => {
  const w = await rolling({ canary: { errors: 0.05 } });
  w.at(4, () => w.setLease({ holder: "other/7/then", seconds: 10, renewed: "now" }));
  const { record } = await conducted(w);
  assert.equal(record.verdict, "held");
  assert.match(record.reason, /the Lease was taken over by other\/7\/then/);
  assert.equal(w.view().aborted, false);
  assert.equal(w.lease()?.holder, "other/7/then");
});
