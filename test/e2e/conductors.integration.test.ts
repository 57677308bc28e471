import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startLoad } from "../../cli/load/index.ts";
import { printed, sluice } from "./support/commandLine.ts";
import { looksIn, retold } from "./support/looks.ts";
import { endCommands, engineOn, noCommandsOn } from "./support/processes.ts";
import { endsAs, promote } from "./support/rollouts.ts";
import { type Stage, stageIn, startStage } from "./support/stage.ts";

test("only one conductor acts on a Rollout, and the next one goes on where it stopped", async (t) => {
  const stage = await startStage(t, { images: { "1.0.0": {}, "1.1.0": {}, "1.2.0": {}, "1.3.0": {} } });
  const load = startLoad({ url: stage.platform.gatewayUrl, host: "echo.localhost", ratePerSecond: 200 });
  t.after(() => load.stop());
  await promote(stage, { tag: "1.0.0" });

  await t.test("a second pulumi up of the same rollout is refused and says who conducts it", async (t) => {
    const values = { tag: "1.1.0", rollout: { steps: [10, 50], minStep: "20s" } };
    const second = await secondTerminal(t, stage);
    const first = await stage.up(values);
    await printed(first, /step 1\/2 10% +look /);
    const { holder = "" } = (await stage.echo.readLease()) ?? {};

    const { code, output } = await (await second.up(values)).finished;
    assert.notEqual(code, 0);
    assert.match(holder, /^.+\/\d+\/\d{4}-.+Z$/);
    assert.ok(output.includes(`another conductor is at work on this Rollout: ${holder} since `), output);
    assert.equal((await stage.echo.readLease())?.holder, holder);
    await endsAs("promoted", stage, first);
  });

  await t.test("Ctrl-C leaves the Rollout paused at its weight, says so, and the next pulumi up goes on from there", async () => {
    const up = await stage.up({ tag: "1.2.0", rollout: { minStep: "5s" } });
    await printed(up, /step 2\/3 25% +look /);
    process.kill(-(up.process.pid ?? 0), "SIGINT");
    const { record, output } = await endsAs("held", stage, up);
    assert.match(output, /1\.2\.0 held: stopped.*\n(.*\n)*.*the Rollout stays as it is: run `pulumi up` again/);
    const rollout = await stage.echo.rollout();
    assert.deepEqual([rollout.pausedAt, rollout.canaryWeight, rollout.aborted], [1, 25, false]);
    assert.equal((await stage.echo.readLease())?.holder, undefined);

    const next = await endsAs("promoted", stage, stage.pulumi("up", "--yes", "--skip-preview"));
    assert.match(next.output, /going on where the conductor before this one stopped: 2 of 3 steps begun/);
    assert.deepEqual(next.record.evidence.looks.slice(0, record.evidence.looks.length), record.evidence.looks);
  });

  await t.test("after kill -9 the orphan stops, and the next pulumi up resumes in the same step with the same evidence", async () => {
    const killed = await stage.up({ tag: "1.3.0", rollout: { minStep: "5s" } });
    await printed(killed, /step 2\/3 25% +look \d+ (.*\n)+.*step 2\/3 25% +look /);
    process.kill(engineOn(stage.folder), "SIGKILL");
    // Pulumi's language host looks every five minutes whether its engine lives; it conducts nothing.
    await noCommandsOn(stage.folder, "pulumi-language-nodejs");
    const told = looksIn((await killed.finished).output);
    const { pausedAt, aborted } = await stage.echo.rollout();
    assert.deepEqual({ pausedAt, aborted }, { pausedAt: 1, aborted: false });

    const refused = await stage.pulumi("up", "--yes", "--skip-preview").finished;
    assert.notEqual(refused.code, 0);
    assert.match(
      refused.output,
      /Stack local is locked by process \d+ .* and that process is gone\.\nTo clear it: npm run pulumi -- cancel --yes/,
    );
    const cancelled = await sluice(stage.folder, "pulumi", "cancel", "--yes").finished;
    assert.equal(cancelled.code, 0, cancelled.output);

    const { record, output } = await endsAs("promoted", stage, stage.pulumi("up", "--yes", "--skip-preview"));
    assert.match(output, /going on where the conductor before this one stopped: 2 of 3 steps begun/);
    assert.ok(told.size > 2, [...told.values()].join("\n"));
    for (const [number, line] of told) assert.equal(retold(record, number), line);
  });
});

/** Another Pulumi state with the same history, as a colleague with a clone of the backend has. */
async function secondTerminal(t: TestContext, { folder, platform, echo }: Stage): Promise<Stage> {
  const second = await mkdtemp(join(tmpdir(), "sluice-second-"));
  t.after(async () => {
    await endCommands(second);
    await rm(second, { recursive: true, force: true });
  });
  for (const kept of ["pulumi", "pulumi-home"]) await cp(join(folder, kept), join(second, kept), { recursive: true });
  return stageIn(second, platform, echo);
}
