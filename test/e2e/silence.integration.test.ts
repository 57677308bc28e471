import assert from "node:assert/strict";
import { test } from "node:test";
import { startLoad } from "../../cli/load/index.ts";
import type { GateRecord } from "../../gate/index.ts";
import { endsAs, promote } from "./support/rollouts.ts";
import { startStage } from "./support/stage.ts";

const DEADLINE_SECONDS = 15;
const rollout = { deadline: `${DEADLINE_SECONDS}s` };

test("without traffic nothing is judged before the deadline, and then the plan decides", async (t) => {
  const stage = await startStage(t, { images: { "1.0.0": {}, "1.1.0": {}, "1.2.0": {} } });
  const traffic = () => startLoad({ url: stage.platform.gatewayUrl, host: "echo.localhost", ratePerSecond: 200 });
  const first = traffic();
  t.after(() => first.stop());
  await promote(stage, { tag: "1.0.0" });
  await first.stop();

  await t.test("onDeadline rollback: back to stable, because there were no requests", async () => {
    const up = await stage.up({ tag: "1.1.0", rollout: { ...rollout, onDeadline: "rollback" } });
    const { record } = await endsAs("rolled back", stage, up);
    endedForSilence(record);
    const { aborted, canaryWeight } = await stage.echo.rollout();
    assert.deepEqual({ aborted, canaryWeight }, { aborted: true, canaryWeight: 0 });
  });

  await t.test("onDeadline hold: it stays at its weight, and goes on once there is traffic", async (t) => {
    const held = await stage.up({ tag: "1.2.0", rollout: { ...rollout, onDeadline: "hold" } });
    const { record } = await endsAs("held", stage, held);
    endedForSilence(record);
    const { aborted, pausedAt, canaryWeight } = await stage.echo.rollout();
    assert.deepEqual({ aborted, pausedAt, canaryWeight }, { aborted: false, pausedAt: 0, canaryWeight: 10 });

    const load = traffic();
    t.after(() => load.stop());
    const next = await endsAs("promoted", stage, stage.pulumi("up", "--yes", "--skip-preview"));
    assert.match(next.output, /going on where the conductor before this one stopped: 1 of 3 steps begun/);
  });
});

function endedForSilence({ reason, startedAt, endedAt, decision, evidence }: GateRecord): void {
  assert.equal(reason, `step 1/3 10%: no verdict in ${DEADLINE_SECONDS} s: the service had no requests`);
  assert.ok(Date.parse(endedAt) - Date.parse(startedAt) >= DEADLINE_SECONDS * 1000, `${startedAt} to ${endedAt}`);
  assert.equal(decision.decision, "wait");
  const requests = evidence.looks.flatMap(({ slis }) => Object.values(slis).map(({ canary, stable }) => canary.total + stable.total));
  assert.deepEqual(
    requests.filter((count) => count > 0),
    [],
  );
}
