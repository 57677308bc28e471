import assert from "node:assert/strict";
import { test } from "node:test";
import { startLoad } from "../../cli/load/index.ts";
import { type PartName, status } from "../../embedded/platform/index.ts";
import { decide } from "../../gate/index.ts";
import { eventually } from "../support/eventually.ts";
import { printed, type Running } from "./support/commandLine.ts";
import { endsAs, promote } from "./support/rollouts.ts";
import { type Stage, startStage } from "./support/stage.ts";

test("a rollout outlives parts of the platform that fail in a step", async (t) => {
  const stage = await startStage(t, { images: { "1.0.0": {}, "1.1.0": {}, "1.2.0": {}, "1.3.0": {} } });
  const load = startLoad({ url: stage.platform.gatewayUrl, host: "echo.localhost", ratePerSecond: 200 });
  t.after(() => load.stop());
  await promote(stage, { tag: "1.0.0" });
  const users = load.mark();

  await t.test(
    "Prometheus silent for 30 s: blind looks are counted, no verdict is drawn from them, the rollout goes on after",
    async () => {
      const up = await stage.up({ tag: "1.1.0" });
      await printed(up, /step 1\/3 10% +look /);
      const { pid } = await part(stage, "prometheus");
      process.kill(pid, "SIGSTOP");
      const step = await blindFor(30, up);
      const { pausedAt, aborted } = await stage.echo.rollout();
      process.kill(pid, "SIGCONT");

      assert.deepEqual({ pausedAt, aborted }, { pausedAt: step - 1, aborted: false }, up.output());
      const { record } = await endsAs("promoted", stage, up);
      const { plan, looks } = record.evidence;
      const blind = looks.flatMap(({ slis }, index) => (slis.availability === undefined ? [index] : []));
      assert.equal(record.blind.availability, blind.length);
      assert.ok(blind.length >= 20, `${blind.length} blind looks`);
      for (const index of blind) {
        const after = decide(plan, looks.slice(0, index + 1));
        assert.deepEqual([after.decision, after.logE], ["wait", decide(plan, looks.slice(0, index)).logE]);
      }
    },
  );

  await t.test("Prometheus killed: it is started again and the rollout is promoted", async () => {
    const up = await stage.up({ tag: "1.2.0" });
    await printed(up, /step 1\/3 10% +look /);
    await killAndAwait(stage, "prometheus");
    await endsAs("promoted", stage, up);
  });

  await t.test("kube-apiserver hangs and is killed: it is started again, the gate reconnects, goes on and promotes", async () => {
    const up = await stage.up({ tag: "1.3.0" });
    await printed(up, /step 1\/3 10% +look /);
    // It hangs first, because a restart alone may be over between two of the gate's requests.
    process.kill((await part(stage, "kube-apiserver")).pid, "SIGSTOP");
    await printed(up, /the API server does not answer/);
    await killAndAwait(stage, "kube-apiserver");
    const { output } = await endsAs("promoted", stage, up);
    assert.match(output, /the API server does not answer \(.+\): trying again/);
    assert.match(output, /the API server answers again/);
  });

  await t.test("the service's users saw nothing of all that", () => {
    const { versions, errors } = load.since(users);
    assert.deepEqual(errors, {});
    assert.deepEqual(
      Object.entries(versions).filter(([, { failed }]) => failed > 0),
      [],
    );
  });
});

/** Waits until the gate has told of a silent Prometheus over this many seconds. @returns the number of the step in which it began */
async function blindFor(seconds: number, up: Running): Promise<number> {
  const what = `the gate is blind for ${seconds} s`;
  const probe = async () => {
    const told = [...up.output().matchAll(/step (\d)\/3 \d+% +at (\d+) s +blind: Prometheus does not answer/g)];
    const [steps, times] = [told.map(([, step]) => Number(step)), told.map(([, , at]) => Number(at))];
    if (Math.max(...times) - Math.min(...times) >= seconds) return steps[0];
    throw new Error(up.output());
  };
  return eventually(what, probe, { seconds: seconds + 60 });
}

async function part({ platform }: Stage, name: PartName): Promise<{ readonly pid: number; readonly restarts: number }> {
  const { parts } = await status(platform.stateDir);
  const found = parts.find((one) => one.name === name);
  if (found?.state !== "running" || found.pid === undefined) throw new Error(`${name} is ${found?.state}`);
  return { pid: found.pid, restarts: found.restarts };
}

async function killAndAwait(stage: Stage, name: PartName): Promise<void> {
  const { pid, restarts } = await part(stage, name);
  process.kill(pid, "SIGKILL");
  const again = async () => ((await part(stage, name)).restarts > restarts ? true : undefined);
  await eventually(`${name} is started again`, again, { seconds: 120 });
}
