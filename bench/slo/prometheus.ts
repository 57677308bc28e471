// A real Prometheus with rules, and what it says of its own work.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RuleGroup } from "../../charts/slo/rules/index.ts";
import { waitFor } from "../../embedded/kube/wait.ts";

export interface Start {
  readonly program: string;
  /** Holds `blocks`, the history; folders of runs are made in it. */
  readonly folder: string;
  readonly port: number;
  /** Where the counters are scraped. */
  readonly targetPort: number;
  readonly groups: readonly RuleGroup[];
}

export interface Prometheus {
  /** Sum of its own metrics of this name. */
  own(metric: string): Promise<number>;
  stop(): Promise<void>;
}

/** Thousands of groups are read at the start. */
const MOST_READY_SECONDS = 600;

/** Starts on a copy of the history, with rules evaluated every 30 seconds unless their group says otherwise. */
export async function startPrometheus({ program, folder, port, targetPort, groups }: Start): Promise<Prometheus> {
  const dir = await mkdtemp(join(folder, "run-"));
  await cp(join(folder, "blocks"), join(dir, "data"), { recursive: true });
  const scrape = { job_name: "counters", honor_labels: true, static_configs: [{ targets: [`127.0.0.1:${targetPort}`] }] };
  const global = { scrape_interval: "15s", evaluation_interval: "30s" };
  await writeFile(join(dir, "rules.json"), JSON.stringify({ groups }));
  await writeFile(join(dir, "prometheus.json"), JSON.stringify({ global, rule_files: ["rules.json"], scrape_configs: [scrape] }));
  const paths = ["--config.file", join(dir, "prometheus.json"), "--storage.tsdb.path", join(dir, "data")];
  const server = spawn(program, [...paths, "--web.listen-address", `127.0.0.1:${port}`], { stdio: "ignore" });
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return answer.ok ? answer.text() : undefined;
  };
  const stop = async () => {
    const ended = once(server, "exit");
    if (server.kill("SIGTERM")) await ended;
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await waitFor("Prometheus to be ready", () => get("/-/ready"), { seconds: MOST_READY_SECONDS });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    async own(metric) {
      const lines = (await get("/metrics"))?.matchAll(new RegExp(`^${metric}(?:\\{[^}]*\\})? (\\S+)$`, "gm")) ?? [];
      return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
    },
    stop,
  };
}
