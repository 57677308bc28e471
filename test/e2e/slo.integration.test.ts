import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { ratioRecord } from "../../charts/slo/rules/index.ts";
import { startLoad } from "../../cli/load/index.ts";
import { eventually } from "../support/eventually.ts";
import { printed } from "./support/commandLine.ts";
import { engineOn, noCommandsOn } from "./support/processes.ts";
import { promote } from "./support/rollouts.ts";
import { startStage } from "./support/stage.ts";

const alertsSchema = z.object({
  data: z.object({ alerts: z.array(z.object({ labels: z.record(z.string(), z.string()), state: z.string() })) }),
});

const samplesSchema = z.object({ data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }) });

/** The gate lets a fifth of bad requests pass, and the error budget does not. */
const slo = [{ name: "availability", objective: 99.5, window: "30d", limit: "50%" }];

/** Above 14.4 times the budget it pages. */
const THRESHOLD = 14.4 * 0.005;

test("what follows from a stack's objectives works without any pulumi", async (t) => {
  const stage = await startStage(t, { images: { "1.0.0": { ERROR_RATE: "0.2" }, "1.0.1": {}, "1.1.0": { ERROR_RATE: "1" } } });
  const startLoadOf = (ratePerSecond: number) => startLoad({ url: stage.platform.gatewayUrl, host: "echo.localhost", ratePerSecond });
  let load = startLoadOf(50);
  t.after(() => load.stop());
  await promote(stage, { tag: "1.0.0", slo });
  const pageFires = async () => {
    const { data } = alertsSchema.parse(await (await fetch(`${stage.platform.prometheusUrl}/api/v1/alerts`)).json());
    return data.alerts.find(({ labels, state }) => labels.burn_tier === "page-quick" && state === "firing");
  };

  await t.test("an error budget that goes fast is an alert in Prometheus", async () => {
    const { labels } = await eventually("the alert fires", pageFires, { seconds: 150 });
    const { alertname, severity, service, window } = labels;
    assert.deepEqual(
      { alertname, severity, service, slo: labels.slo, window },
      { alertname: "SloBurnRate", severity: "page", service: "echo", slo: "availability", window: "1h" },
    );
  });

  await t.test("the alert resolves once a good version is let in, while what was bad is still counted", async () => {
    await promote(stage, { tag: "1.0.1", slo });
    // Each event weighs the same: four times the requests thin the bad ones out within a minute or two, where time alone would take five.
    await load.stop();
    load = startLoadOf(200);
    await eventually("the alert resolves", async () => ((await pageFires()) === undefined ? true : undefined), { seconds: 240 });
    const ratio = await shortestRatio(stage.platform.prometheusUrl);
    assert.ok(ratio > 0 && ratio <= THRESHOLD, `${ratio} of the last five minutes' requests were bad`);
  });

  await t.test("a bad canary whose pulumi up was killed is aborted by the analysis in the cluster", async () => {
    const killed = await stage.up({ tag: "1.1.0", slo, rollout: { lookEvery: "15s", deadline: "20s" } });
    await printed(killed, /step 1\/3 10% +waiting for the canary's share/);
    process.kill(engineOn(stage.folder), "SIGKILL");
    await noCommandsOn(stage.folder, "pulumi-language-nodejs");
    assert.equal((await stage.echo.rollout()).aborted, false);

    const { message } = await eventually(
      "the Rollout is aborted",
      async () => {
        const view = await stage.echo.rollout();
        return view.aborted && view.canaryWeight === 0 ? view : undefined;
      },
      { seconds: 120 },
    );
    assert.match(message, /[Mm]etric "availability" assessed Failed/);
  });
});

/** The part of requests in the last five minutes that was bad, as it is recorded. */
async function shortestRatio(prometheusUrl: string): Promise<number> {
  const query = new URLSearchParams({ query: `${ratioRecord("5m")}{sloth_service="echo"}` });
  const { data } = samplesSchema.parse(await (await fetch(`${prometheusUrl}/api/v1/query?${query}`)).json());
  return Number(data.result[0]?.value[1]);
}
