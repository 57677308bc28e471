import { meshScrapeConfigs } from "../mesh/index.ts";
import type { ScrapeJob } from "./scrapeJobs.ts";
import type { Target } from "./targets.ts";

/**
 * Pods are scraped, and rules evaluated, every five seconds, unless a monitor or a group says otherwise: soon enough for boards and alerts,
 * and five times cheaper than what the gate needs. The gate reads the mesh, whose job asks for every second.
 */
const everySoOften = "5s";

/** Bounds on what an embedded platform keeps: more than the longest rollout and its look back, less than a disk. */
const retention = { time: "2d", size: "1GB" };

const global = { scrape_interval: everySoOften, evaluation_interval: everySoOften };

/** Prometheus' configuration with these jobs beside the mesh's, as JSON, which is YAML. Paths in it are relative to its own folder. */
export function prometheusConfig(envoyAdminPort: number, jobs: readonly Job[]): string {
  const scrape_configs = [...meshScrapeConfigs(envoyAdminPort), ...jobs.map(scrapeConfig)];
  return JSON.stringify({ global, rule_files: ["rules/*.yaml"], storage: { tsdb: { retention } }, scrape_configs }, undefined, 2);
}

/** A monitor's jobs as a text to be judged (configOf). */
export function jobsText(jobs: readonly Job[]): string {
  return jobs.map((job) => JSON.stringify(scrapeConfig(job))).join(",");
}

/** A configuration of nothing but the jobs in these texts, for Prometheus to judge. */
export function configOf(texts: readonly string[]): string {
  return `{"global":${JSON.stringify(global)},"scrape_configs":[${texts.filter((text) => text !== "").join(",")}]}`;
}

type Job = Pick<ScrapeJob, "name" | "config">;

function scrapeConfig({ name, config }: Job) {
  return { job_name: name, ...config, file_sd_configs: [{ files: [`targets/${targetsFile(name)}`] }] };
}

/**
 * The configuration Prometheus starts with, before the cluster's monitors are known: it scrapes the mesh, and takes up the rules of an
 * earlier run.
 * @param flags.envoyAdminPort port of Envoy's admin interface on 127.0.0.1
 */
export function initialPrometheusConfig(flags: { readonly envoyAdminPort: number }): string {
  return prometheusConfig(flags.envoyAdminPort, []);
}

/** The file that holds a job's targets. Prometheus watches it, so that pods come and go without a reload. */
export function targetsFile(job: string): string {
  // No name of an object has an underscore in it, so no two jobs share a file.
  return `${job.replaceAll("/", "_")}.json`;
}

export function targetsText(targets: readonly Target[]): string {
  return JSON.stringify(
    targets.map(({ address, labels }) => ({ targets: [address], labels })),
    undefined,
    1,
  );
}
