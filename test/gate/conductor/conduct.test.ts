// Whole rollouts, from the new template to the verdict.
import assert from "node:assert/strict";
import test from "node:test";
import { replay } from "../../../gate/index.ts";
import { conducted, rolling } from "./support.ts";
import { SECRET, world } from "./world.ts";

test("a healthy version is promoted, without waiting between the steps for more than the rule asks", async () => {
  const w = await rolling();
  const { record, seconds, said } = await conducted(w);
  assert.equal(record.verdict, "promoted");
  assert.equal(w.view().stable, "new");
  assert.ok(seconds < 30, `took ${seconds} s`);
  assert.deepEqual([...new Set(record.evidence.looks.map(({ step }) => step))], [0, 1, 2]);
  assert.match(
    said.find((line) => line.includes("look 12 ")) ?? "",
    /^echo 1\.1\.0 {2}step 2\/3 25% {2}look 12 .* E 0\.\d+\/100 +availability 0\/\d+ /,
  );
});

test("every look is told when it is due, also by timers that fire a little early", async () => {
  const w = await rolling({ earlyTimers: true });
  const { record, said } = await conducted(w);
  assert.equal(said.filter((line) => / look \d/.test(line)).length, record.evidence.looks.length);
});

test("a version with errors is rolled back by the availability SLI, within one look of the decision", async () => {
  const w = await rolling({ canary: { errors: 0.05 } });
  const { record, refusal, seconds } = await conducted(w);
  assert.equal(record.verdict, "rolled back");
  assert.equal(w.view().aborted, true);
  assert.equal(w.view().canaryWeight, 0);
  assert.match(record.reason, /^availability: the canary is (more than 1\.5 times as bad as stable|over its limit of 2%)/);
  assert.ok(seconds < 12, `took ${seconds} s`);
  assert.ok(w.failures.canary < 20, `${w.failures.canary} failed requests`);
  assert.equal(refusal?.id, "default/echo");
});

test("a slow version without errors is rolled back by the latency SLI", async () => {
  const { record } = await conducted(await rolling({ canary: { slow: 0.3 } }));
  assert.equal(record.verdict, "rolled back");
  assert.match(record.reason, /^latency: /);
});

test("a canary that fails everything while stable has no traffic of its own is caught by the limit", async () => {
  const w = await rolling({ canary: { errors: 1 }, steps: [99], inputs: { steps: [99] } });
  const { record } = await conducted(w);
  assert.equal(record.verdict, "rolled back");
  assert.match(record.reason, /over its limit of 2%/);
});

test("a record judged again gives the decision it tells of", async () => {
  for (const canary of [{}, { errors: 0.05 }, { slow: 0.3 }]) {
    const { record } = await conducted(await rolling({ canary }));
    const again = JSON.parse(JSON.stringify(replay(JSON.parse(JSON.stringify(record)))));
    assert.deepEqual(again, record.decision);
    assert.equal(again.look, record.evidence.looks.length - 1);
  }
});

test("without traffic there is no verdict before the deadline", async () => {
  for (const [onDeadline, verdict] of [
    ["rollback", "rolled back"],
    ["hold", "held"],
  ] as const) {
    const w = await rolling({ requestsPerSecond: 0, inputs: { onDeadline } });
    const { record, seconds } = await conducted(w);
    assert.equal(record.verdict, verdict);
    assert.match(record.reason, /no verdict in 120 s: the service had no requests/);
    assert.ok(seconds >= 120 && seconds < 130, `took ${seconds} s`);
    assert.equal(w.view().aborted, onDeadline === "rollback");
    if (onDeadline === "hold") assert.equal(w.view().pausedAt, 0);
  }
});

test("a rollout held at its deadline goes on from there with the same evidence, and its deadline begins anew", async () => {
  const w = await rolling({ requestsPerSecond: 2, inputs: { onDeadline: "hold" } });
  const held = await conducted(w);
  assert.equal(held.record.verdict, "held");
  assert.match(held.record.reason, /not enough evidence: availability good/);
  assert.match(held.refusal?.message ?? "", /run `pulumi up` again to go on from here with the same evidence/);
  w.setTraffic(100);
  const { record } = await conducted(w, w.conductor(), held.record);
  assert.equal(record.verdict, "promoted");
  assert.equal(record.startedAt, held.record.startedAt);
  const before = held.record.evidence.looks.filter((look) => Object.keys(look.slis).length > 0);
  assert.deepEqual(record.evidence.looks.slice(0, before.length), before);
});

test("a first revision is judged at full weight against its limit alone", async () => {
  const w = world({ firstRevision: true });
  w.apply("new");
  const { record } = await conducted(w);
  assert.equal(record.verdict, "promoted");
  assert.deepEqual(record.evidence.plan.steps, [100]);
  assert.ok(record.evidence.looks.every(({ slis }) => slis.availability?.stable.total === 0));
});

test("a bad first revision is held, because there is nothing to go back to", async () => {
  const w = world({ firstRevision: true, canary: { errors: 0.1 } });
  w.apply("new");
  const { record, refusal } = await conducted(w);
  assert.equal(record.verdict, "held");
  assert.match(record.reason, /over its limit of 2%.*this is the first revision: there is nothing to go back to/);
  assert.equal(w.view().aborted, false);
  assert.ok(refusal);
});

test("a template that was promoted already gives its record at once", async () => {
  const w = await rolling();
  const first = await conducted(w);
  const second = await conducted(w, w.conductor(), first.record);
  assert.equal(second.record, first.record);
  assert.equal(second.seconds, 0);
});

test("the old tag after an abort is instant and is not judged", async () => {
  const w = await rolling({ canary: { errors: 0.2 } });
  const bad = await conducted(w);
  w.apply("old");
  const { record, seconds } = await conducted(w, w.conductor(), bad.record, { ...w.inputs, template: "sha256:old" });
  assert.equal(record.verdict, "promoted");
  assert.match(record.reason, /that of the stable revision/);
  assert.deepEqual(record.evidence.looks, []);
  assert.ok(seconds < 1, `took ${seconds} s`);
});

test("a template that was rolled back fails at once with the same record, without asking the cluster", async () => {
  const w = await rolling({ canary: { errors: 0.2 } });
  const first = await conducted(w);
  const conductor = w.conductor();
  const second = await conducted(w, conductor, first.record);
  assert.equal(second.record, first.record);
  assert.equal(conductor.calls(), 0);
});

test("a raised retry clears the abort and judges the same template anew", async () => {
  const behaviour = { errors: 0.2 };
  const w = await rolling({ canary: behaviour });
  const first = await conducted(w);
  behaviour.errors = 0;
  await w.sleep(10);
  const again = await conducted(w, w.conductor(), first.record, { ...w.inputs, retry: 1 });
  assert.equal(again.record.verdict, "promoted");
  assert.equal(again.record.retry, 1);
  assert.ok(Date.parse(again.record.startedAt) > Date.parse(first.record.endedAt));
  assert.ok(again.record.evidence.looks.every(({ slis }) => slis.availability?.canary.bad === 0));
});

test("a template that the controller can make no revision of is held at the deadline and not taken for the stable one", async () => {
  const w = await rolling({ refusal: "replicasets.apps is forbidden: not this image" });
  const { record, said } = await conducted(w);
  assert.equal(record.verdict, "held");
  assert.match(record.reason, /did not take in the template in 120 s: replicasets\.apps is forbidden: not this image$/);
  assert.equal(said.filter((line) => line.endsWith("not this image")).length, 2);
});

test("a revision is known by the digest it carries, also while the controller gives the one before the number of the new one", async () => {
  const { record } = await conducted(await rolling({ numbers: "late" }));
  assert.match(record.reason, /^good at 10%, 25%, 50%/);
  assert.equal(record.revision, "new");
});

test("a revision of a template without a digest is known by its number", async () => {
  const { record } = await conducted(await rolling({ digests: false }));
  assert.match(record.reason, /^good at 10%, 25%, 50%/);
});

test("a template that was applied after the one that is to be judged is not judged in its place", async () => {
  const w = await rolling();
  w.apply("newer");
  await assert.rejects(conducted(w), /the Rollout echo does not have the template of localhost\/echo:1\.1\.0 any more/);
});

test("pods that never become ready: at the deadline the rollout is aborted, and the reason says which pod and why", async () => {
  const trouble = "echo: ErrImagePull: manifest unknown";
  const w = await rolling({ pods: trouble });
  const { record, said } = await conducted(w);
  assert.equal(record.verdict, "rolled back");
  assert.match(record.reason, /did not reach 10% in 120 s: .*0 of 1 ready; echo-new-x: echo: ErrImagePull: manifest unknown/);
  assert.equal(w.view().aborted, true);
  assert.equal(said.filter((line) => line.startsWith("echo 1.1.0  step 1/3 10%  waiting") && line.includes(trouble)).length, 1);
});

test("an abort that came from elsewhere ends the judgement", async () => {
  const w = await rolling();
  w.at(8, () => w.abort('metric "availability" assessed Failed'));
  const { record } = await conducted(w);
  assert.equal(record.verdict, "rolled back");
  assert.match(record.reason, /aborted, not by the gate: metric "availability" assessed Failed/);
  assert.ok(record.evidence.looks.length > 0);
});

test("a Rollout that was aborted while nobody conducted is not taken up without a raised retry", async () => {
  const w = await rolling();
  await w.sleep(5);
  w.abort("by hand");
  const { record, seconds } = await conducted(w);
  assert.equal(record.verdict, "rolled back");
  assert.ok(seconds < 1);
  assert.equal((await conducted(w, w.conductor(), undefined, { ...w.inputs, retry: 1 })).record.verdict, "promoted");
});

test("a Rollout that was moved on by hand is judged at the step it stands at", async () => {
  const w = await rolling({ inputs: { minStepSeconds: 10 } });
  w.at(6, () => w.advanceByHand());
  const { record, said } = await conducted(w);
  assert.equal(record.verdict, "promoted");
  const firstOfStep1 = record.evidence.looks.find(({ step }) => step === 1);
  assert.ok((firstOfStep1?.at ?? 99) < 10, said.join("\n"));
});

test("another template applied in the middle stops the conductor", async () => {
  const w = await rolling();
  w.at(8, () => w.apply("newer"));
  const { record } = await conducted(w);
  assert.equal(record.verdict, "held");
  assert.match(record.reason, /another template was applied/);
});

test("steps that are not the Rollout's own are refused before anything is judged", async () => {
  const w = await rolling({ inputs: { steps: [10, 50] } });
  await assert.rejects(conducted(w), /pauses at 10, 25, 50%, the gate is told to judge at 10, 50%/);
});

test("nothing of the kubeconfig shows in what is said, thrown or kept", async () => {
  for (const options of [{}, { canary: { errors: 0.2 } }, { pods: "echo: ImagePullBackOff" }]) {
    const { record, refusal, said } = await conducted(await rolling(options));
    const shown = JSON.stringify([record, refusal?.message, refusal?.stack, refusal?.properties, refusal?.reasons, said]);
    assert.ok(!shown.includes(SECRET));
    assert.ok(!shown.includes("kubeconfig"));
  }
});
