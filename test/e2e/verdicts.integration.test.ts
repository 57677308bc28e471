import assert from "node:assert/strict";
import { test } from "node:test";
import { type LoadReport, startLoad } from "../../cli/load/index.ts";
import { eventually } from "../support/eventually.ts";
import { endsAs, promote } from "./support/rollouts.ts";
import { type Stage, startStage } from "./support/stage.ts";

const BAD = { tag: "1.2.0" };

test("what users see of a promotion and of a rollback, and what a verdict is worth afterwards", async (t) => {
  const stage = await startStage(t, { images: { "1.0.0": {}, "1.1.0": {}, "1.2.0": { ERROR_RATE: "0.05" } } });
  const load = startLoad({ url: stage.platform.gatewayUrl, host: "echo.localhost", ratePerSecond: 200 });
  t.after(() => load.stop());
  await promote(stage, { tag: "1.0.0" });

  await t.test("a promotion fails no request, from its first look until the old pods are gone", async () => {
    const before = await stage.echo.rollout();
    const start = load.mark();
    await promote(stage, { tag: "1.1.0" });
    await podsGone(stage, before.stable);
    const seen = load.since(start);
    assert.ok((seen.versions["1.1.0"]?.requests ?? 0) > 1000, JSON.stringify(seen));
    assert.deepEqual(failuresByVersion(seen), {});
  });

  await t.test("a rollback fails no request but the canary's own, until its pods are gone", async () => {
    const start = load.mark();
    const { record } = await endsAs("rolled back", stage, await stage.up(BAD));
    assert.match(record.reason, /^availability: the canary is /);
    await podsGone(stage, record.revision);
    const seen = load.since(start);
    const { "1.2.0": own = 0, ...others } = failuresByVersion(seen);
    assert.deepEqual(others, {});
    assert.ok(own > 0 && own < 50, `${own} requests failed on the canary`);
  });

  await t.test("a second pulumi up with that tag fails at once with the same record, and no request meets it", async () => {
    const before = await stage.record();
    const start = load.mark();
    const { record, output } = await endsAs("rolled back", stage, await stage.up(BAD));
    assert.deepEqual(record, before);
    assert.ok(output.includes("to judge the same template once more, raise retry (now 0)"), output);
    assert.deepEqual((await stage.echo.canaryPods(record.revision)).pods, []);
    assert.deepEqual(Object.keys(load.since(start).versions), ["1.1.0"]);
  });

  await t.test("with retry raised the same tag is judged anew", async () => {
    const before = await stage.record();
    const { record } = await endsAs("rolled back", stage, await stage.up({ ...BAD, rollout: { retry: 1 } }));
    assert.equal(record.retry, 1);
    assert.equal(record.revision, before.revision);
    assert.ok(record.startedAt > before.endedAt, `${record.startedAt}, before: ${before.endedAt}`);
    assert.ok(record.evidence.looks.length > 0);
  });

  await t.test("after a rollback pulumi up with the old tag is green, and judges nothing", async () => {
    const start = load.mark();
    const { record } = await endsAs("promoted", stage, await stage.up({ tag: "1.1.0" }));
    assert.equal(record.reason, "the template is that of the stable revision: nothing to judge");
    assert.equal((await stage.echo.rollout()).phase, "Healthy");
    const { "1.2.0": _, ...others } = failuresByVersion(load.since(start));
    assert.deepEqual(others, {});
  });
});

/** Requests that failed: 5xx by the version that answered ("none": the mesh itself), and those without an answer by their reason. */
function failuresByVersion({ versions, errors }: LoadReport): Readonly<Record<string, number>> {
  const failed = Object.entries(versions).map(([version, { failed }]) => [version, failed] as const);
  return Object.fromEntries([...failed, ...Object.entries(errors)].filter(([, count]) => count > 0));
}

/** Pods of the losing side live on for a while, and end while their last requests may be under way. */
function podsGone({ echo }: Stage, revision: string): Promise<boolean> {
  const gone = async () => ((await echo.canaryPods(revision)).pods.length === 0 ? true : undefined);
  return eventually(`the pods of ${revision} are gone`, gone, { seconds: 120 });
}
