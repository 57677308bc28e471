// A real Prometheus that scrapes a gateway's Envoy by the mesh's own scrape configurations.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { meshScrapeConfigs } from "../../../embedded/mesh/index.ts";
import { choosePorts } from "../../../embedded/platform/ports.ts";
import { ensureTool } from "../../../embedded/toolchain/index.ts";
import { eventually } from "../../support/eventually.ts";
import { ended } from "./gateway.ts";

const Result = z.object({
  data: z.object({ result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })) }),
});

export interface Vector {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Prometheus {
  readonly configFile: string;
  query(promql: string): Promise<readonly Vector[]>;
  stop(): Promise<void>;
}

export async function startPrometheus(envoyAdminPort: number): Promise<Prometheus> {
  const dir = await mkdtemp(join(tmpdir(), "sluice-prometheus-"));
  const configFile = join(dir, "prometheus.yml");
  await writeFile(configFile, stringify({ global: { scrape_interval: "1s" }, scrape_configs: meshScrapeConfigs(envoyAdminPort) }));
  const { prometheus: port } = await choosePorts(["prometheus"], {});
  const url = `http://127.0.0.1:${port}`;
  const args = ["--config.file", configFile, "--storage.tsdb.path", join(dir, "data"), "--web.listen-address", `127.0.0.1:${port}`];
  const server = spawn(await ensureTool("prometheus"), args, { stdio: "ignore" });
  await eventually("Prometheus to answer", async () => (await fetch(`${url}/-/ready`)).ok || undefined);
  return {
    configFile,
    async query(promql) {
      const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: promql })}`);
      const { data } = Result.parse(await answer.json());
      return data.result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
    },
    async stop() {
      await ended(server);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
