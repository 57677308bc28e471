// A real Prometheus that can go away and come back with what it knew.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { stringify } from "yaml";
import { choosePorts } from "../../../embedded/platform/ports.ts";
import { ensureTool } from "../../../embedded/toolchain/index.ts";
import { eventually } from "../../support/eventually.ts";
import { temporaryFolder } from "../../support/folder.ts";

export interface Prometheus {
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** @param target host:port whose /metrics is scraped every second */
export async function startPrometheus(t: TestContext, target: string): Promise<Prometheus> {
  const folder = await temporaryFolder(t);
  const config = join(folder, "prometheus.yml");
  await mkdir(join(folder, "data"));
  const scrapes = [{ job_name: "mesh", static_configs: [{ targets: [target] }] }];
  await writeFile(config, stringify({ global: { scrape_interval: "1s" }, scrape_configs: scrapes }));
  const { prometheus: port } = await choosePorts(["prometheus"], {});
  const program = await ensureTool("prometheus");
  const args = ["--config.file", config, "--storage.tsdb.path", join(folder, "data"), "--web.listen-address", `127.0.0.1:${port}`];
  const url = `http://127.0.0.1:${port}`;
  const run = () => spawn(program, args, { stdio: "ignore" });
  const ready = () => eventually("Prometheus to answer", async () => (await fetch(`${url}/-/ready`)).ok || undefined);

  let server = run();
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, "exit");
    server.kill("SIGTERM");
    await exit;
  };
  t.after(stop);
  await ready();
  return {
    url,
    stop,
    async start() {
      server = run();
      await ready();
    },
  };
}
