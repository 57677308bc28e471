// What people read.
import assert from "node:assert/strict";
import test from "node:test";
import { decidedBy, lookLine, refusalMessage, rollbackReason, titleOf, undecidedReason } from "../../../gate/conductor/report.ts";
import { decide, type Look, type Plan } from "../../../gate/index.ts";
import { world } from "./world.ts";

const plan: Plan = {
  steps: [10, 25, 50],
  minStep: 5,
  slis: [
    { name: "availability", limit: 0.02 },
    { name: "latency", limit: 0.1 },
  ],
};

const look = (at: number, bad: number): Look => ({
  at,
  step: 0,
  stepStartedAt: 0,
  slis: { availability: { canary: { total: 100, bad }, stable: { total: 900, bad: 1 } } },
});

test("a rollout is called by its service and what is new of its image", () => {
  const title = (image: string) => titleOf({ service: "echo", image });
  assert.equal(title("localhost/echo:1.1.0"), "echo 1.1.0");
  assert.equal(title("localhost:5000/team/echo:1.1.0@sha256:0123456789abcdef"), "echo 1.1.0");
  assert.equal(title("localhost:5000/team/echo@sha256:0123456789abcdef"), "echo 0123456789ab");
  assert.equal(title("localhost/echo"), "echo echo");
});

test("a look is one line: step, E, each SLI's counts of this step, and what the rule says", () => {
  const looks = [look(1, 0), look(2, 1)];
  assert.equal(
    lookLine(plan, looks, decide(plan, looks)),
    "step 1/3 10%  look 2   E 0.91/100  availability 1/200  good 3.2/20  stable 2/1800   latency blind  wait",
  );
});

test("a rollback's reason names the largest term and its counts", () => {
  const looks = [look(1, 12)];
  assert.match(
    rollbackReason(plan, looks, decide(plan, looks)),
    /^availability: the canary is (over its limit of 2%|more than 1\.5 times as bad as stable): 12\/100 bad \(12%\), stable 1\/900 \(0\.11%\); e = \S+, E = \S+, rollback at 100$/,
  );
});

test("the SLI that decided is the one the reason names, and there is none before the evidence has decided", () => {
  const named = { ...plan, slis: [{ name: "pages/latency", limit: 0.1 }, ...plan.slis] };
  const decided = decide(named, [look(1, 12)]);
  assert.equal(decidedBy(decided), "availability");
  assert.match(rollbackReason(named, [look(1, 12)], decided), /^availability: /);
  assert.equal(decidedBy(decide(named, [look(1, 3)])), undefined);
  assert.equal(decidedBy({ ...decided, terms: { "availability/limit": null, "pages/latency/comparison": 1 } }), "pages/latency");
});

test("without a verdict the reason says which evidence is missing", () => {
  assert.equal(undecidedReason(plan, decide(plan, [])), "not enough evidence: availability good 1 of 20, latency good 1 of 20");
});

test("a refusal says the verdict and why, shows the evidence, and what to do next", () => {
  const evidence = { version: 1, plan, looks: [look(1, 12)] } as const;
  const message = refusalMessage({
    inputs: world().inputs,
    verdict: "rolled back",
    reason: "availability: over its limit",
    evidence,
    blind: { availability: 0, latency: 1 },
    next: ["mend it"],
  });
  assert.deepEqual(message.split("\n"), [
    "echo 1.1.0 rolled back: availability: over its limit",
    "   SLI           canary bad/total  share  stable bad/total  share  limit  blind looks",
    "   availability  12/100            12%    1/900             0.11%  2%     0",
    "   latency       0/0               -      0/0               -      10%    1",
    "-> mend it",
  ]);
});
