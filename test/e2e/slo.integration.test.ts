import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { startLoad } from "../../cli/load/index.ts";
import { eventually } from "../support/eventually.ts";
import { printed } from "./support/commandLine.ts";
import { engineOn, noCommandsOn } from "./support/processes.ts";
import { promote } from "./support/rollouts.ts";
import { startStage } from "./support/stage.ts";

const alertsSchema = z.object({
  data: z.object({ alerts: z.array(z.object({ labels: z.record(z.string(), z.string()), state: z.string() })) }),
});

/** The gate lets a fifth of bad requests pass, and the error budget does not. */
const slo = [{ name: "availability", objective: 99.5, window: "30d", limit: "50%" }];

test("what follows from a stack's objectives works without any pulumi", async (t) => {
  const stage = await startStage(t, { images: { "1.0.0": { ERROR_RATE: "0.2" }, "1.1.0": { ERROR_RATE: "1" } } });
  const load = startLoad({ url: stage.platform.gatewayUrl, host: "echo.localhost", ratePerSecond: 200 });
  t.after(() => load.stop());
  await promote(stage, { tag: "1.0.0", slo });

  await t.test("an error budget that goes fast is an alert in Prometheus", async () => {
    const firing = async () => {
      const { data } = alertsSchema.parse(await (await fetch(`${stage.platform.prometheusUrl}/api/v1/alerts`)).json());
      return data.alerts.find(({ labels, state }) => labels.burn_tier === "page-quick" && state === "firing");
    };
    const { labels } = await eventually("the alert fires", firing, { seconds: 150 });
    const { alertname, severity, service, window } = labels;
    assert.deepEqual(
      { alertname, severity, service, slo: labels.slo, window },
      { alertname: "SloBurnRate", severity: "page", service: "echo", slo: "availability", window: "1h" },
    );
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
