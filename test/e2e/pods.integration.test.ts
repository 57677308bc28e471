import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startLoad } from "../../cli/load/index.ts";
import { buildImage, openImageStore } from "../../embedded/images/index.ts";
import { endsAs, promote } from "./support/rollouts.ts";
import { type Stage, startStage } from "./support/stage.ts";

const NEVER_READY = join(import.meta.dirname, "fixtures", "never-ready");
/** Why a rollout ended whose pods never were ready: which pod, and what is the matter with it. */
const reasonOf = (trouble: string) =>
  new RegExp(String.raw`^the canary did not reach 10% in 20 s: waiting for canary pods: 0 of 1 ready; echo-\w+-\w+: ${trouble}`);

test("canary pods that never become ready: the rollout is aborted at the deadline, and the reason says which pod and why", async (t) => {
  const stage = await startStage(t, { images: { "1.0.0": {}, "1.2.0": { ERROR_RATE: "five percent" } } });
  await buildImage(openImageStore(join(stage.folder, "images")), { app: NEVER_READY, repository: "localhost/echo", tag: "1.3.0" });
  const load = startLoad({ url: stage.platform.gatewayUrl, host: "echo.localhost", ratePerSecond: 100 });
  t.after(() => load.stop());
  await promote(stage, { tag: "1.0.0" });
  const users = load.mark();

  await neverReady(t, stage, "1.1.0", "an image that is not there", reasonOf(String.raw`echo: (ErrImagePull|ImagePullBackOff): .*1\.1\.0`));
  await neverReady(
    t,
    stage,
    "1.2.0",
    "a process that ends with an error, told by its last words",
    reasonOf("echo: CrashLoopBackOff: exit code 1, last words: .*ERROR_RATE: .*five percent.* is not a share between 0 and 1"),
  );
  await neverReady(
    t,
    stage,
    "1.3.0",
    "a readiness probe that fails",
    reasonOf("Readiness probe failed: HTTP probe failed with statuscode: 503"),
  );

  await t.test("no user met any of them", () => {
    const { versions, errors } = load.since(users);
    assert.deepEqual(errors, {});
    assert.deepEqual(Object.keys(versions), ["1.0.0"]);
    assert.equal(versions["1.0.0"]?.failed, 0);
  });
});

function neverReady(t: TestContext, stage: Stage, tag: string, what: string, reason: RegExp): Promise<void> {
  return t.test(what, async () => {
    const { record, output } = await endsAs("rolled back", stage, await stage.up({ tag, rollout: { deadline: "20s" } }));
    assert.match(record.reason, reason);
    assert.ok(output.includes(record.reason), output);
    assert.deepEqual(record.evidence.looks, []);
    assert.equal((await stage.echo.rollout()).aborted, true);
  });
}
