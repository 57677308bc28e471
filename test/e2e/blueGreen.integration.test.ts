import assert from "node:assert/strict";
import { test } from "node:test";
import { type LoadReport, startLoad } from "../../cli/load/index.ts";
import { totals } from "../../gate/conductor/report.ts";
import type { GateRecord } from "../../gate/index.ts";
import { eventually } from "../support/eventually.ts";
import { endsAs, promote } from "./support/rollouts.ts";
import { startStage } from "./support/stage.ts";

/** In place of the stack's own canary. */
const rollout = { strategy: "blueGreen", steps: undefined, deadline: "40s" };

test("a blue-green version is judged on copies, and users meet only what was found good", async (t) => {
  const stage = await startStage(t, { images: { "1.0.0": {}, "1.1.0": {}, "1.2.0": { ERROR_RATE: "0.3" } } });
  const load = startLoad({ url: stage.platform.gatewayUrl, host: "echo.localhost", ratePerSecond: 200 });
  t.after(() => load.stop());
  await promote(stage, { tag: "1.0.0", rollout });

  await t.test("a good one gets all requests at once, and none of them fails", async () => {
    const start = load.mark();
    const { record } = await endsAs("promoted", stage, await stage.up({ tag: "1.1.0", rollout }));
    assert.match(record.reason, /^good at copies of 100%/);
    assert.ok(copiesIn(record) > 100, `${copiesIn(record)} copies`);
    assert.equal((await stage.echo.rollout()).stable, record.revision);
    await eventually("users have the new version", async () => load.since(start).versions["1.1.0"]);
    const switched = load.mark();
    await eventually("the analysis after the switch has ended", async () => (await stage.echo.rollout()).phase === "Healthy" || undefined, {
      seconds: 120,
    });
    assert.deepEqual(Object.keys(load.since(switched).versions), ["1.1.0"]);
    assert.equal(failuresIn(load.since(start)), 0);
  });

  await t.test("a bad one is rolled back, and no user's request ever reached it", async () => {
    const start = load.mark();
    const { record } = await endsAs("rolled back", stage, await stage.up({ tag: "1.2.0", rollout }));
    assert.match(record.reason, /: the canary is (over its limit|more than 1\.5 times as bad as stable)/);
    assert.ok(copiesIn(record) > 0);
    const gone = async () => ((await stage.echo.canaryPods(record.revision)).pods.length === 0 ? true : undefined);
    await eventually("its pods are gone", gone, { seconds: 60 });
    const seen = load.since(start);
    assert.deepEqual(Object.keys(seen.versions), ["1.1.0"]);
    assert.equal(failuresIn(seen), 0);
  });

  await t.test("judged once more while its pods would still be there, it waits for the gate again", async () => {
    const start = load.mark();
    await endsAs("rolled back", stage, await stage.up({ tag: "1.2.0", rollout: { ...rollout, retry: 1 } }));
    await endsAs("rolled back", stage, await stage.up({ tag: "1.2.0", rollout: { ...rollout, retry: 2 } }));
    assert.deepEqual(Object.keys(load.since(start).versions), ["1.1.0"]);
  });

  await t.test("the old tag is green at once", async () => {
    const { record } = await endsAs("promoted", stage, await stage.up({ tag: "1.1.0", rollout }));
    assert.match(record.reason, /that of the stable revision/);
  });
});

/** Requests that the canary was judged by. */
function copiesIn({ evidence }: GateRecord): number {
  return totals(evidence.looks, "availability").canary.total;
}

/** Of users: answers of 500 and above, and requests without an answer. */
function failuresIn({ total, errors }: LoadReport): number {
  return Object.values(errors).reduce((sum, count) => sum + count, total.failed);
}
