// A real Alertmanager, and what it makes of alerts.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { z } from "zod";
import type { Labels } from "../../../../charts/slo/rules/ruleGroup.ts";
import { choosePorts } from "../../../../embedded/platform/ports.ts";
import { ensureTool } from "../../../../embedded/toolchain/index.ts";
import { eventually } from "../../../support/eventually.ts";

const alertsSchema = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    receivers: z.array(z.object({ name: z.string() })),
    status: z.object({ state: z.enum(["unprocessed", "active", "suppressed"]) }),
  }),
);

export type SeenAlert = z.output<typeof alertsSchema>[number];

export interface Alertmanager {
  /** Lets these fire, as Prometheus would. */
  fire(alerts: readonly Labels[]): Promise<void>;
  /** All that fire, as it sees them now. */
  seen(): Promise<readonly SeenAlert[]>;
}

/**
 * Runs on this machine alone until the test ends.
 * @param secrets contents of its secrets' files, by path
 */
export async function startAlertmanager(
  t: TestContext,
  folder: string,
  config: unknown,
  secrets: Readonly<Record<string, string>>,
): Promise<Alertmanager> {
  for (const [file, text] of Object.entries(secrets)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const file = join(folder, "alertmanager.yml");
  await writeFile(file, JSON.stringify(config));
  const { alertmanager: port } = await choosePorts(["alertmanager"], {});
  const places = ["--config.file", file, "--storage.path", join(folder, "data"), "--web.listen-address", `127.0.0.1:${port}`];
  const server = spawn(await ensureTool("alertmanager"), [...places, "--cluster.listen-address="], { stdio: "ignore" });
  const exit = once(server, "exit");
  t.after(async () => {
    server.kill("SIGTERM");
    await exit;
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually("Alertmanager to answer", async () => (await fetch(`${url}/-/ready`)).ok || undefined);
  return {
    async fire(alerts) {
      const body = JSON.stringify(alerts.map((labels) => ({ labels })));
      const { ok, statusText } = await fetch(`${url}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      assert.ok(ok, statusText);
    },
    seen: async () => alertsSchema.parse(await (await fetch(`${url}/api/v2/alerts`)).json()),
  };
}
