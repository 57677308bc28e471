import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../wholeFile.ts";
import type { Admitted } from "./admit.ts";
import { prometheusConfig, targetsFile, targetsText } from "./config.ts";

export interface PrometheusFiles {
  /** Writes what is not yet so, each file whole, and takes away what is no longer wanted. Says whether Prometheus has to reload. */
  write(admitted: Pick<Admitted, "jobs" | "rules">): Promise<{ readonly needsReload: boolean }>;
}

/** Everything of Prometheus' under a folder that follows from the cluster: prometheus.yml, rules/ and targets/. Nobody else writes there. */
export async function prometheusFiles(dir: string, envoyAdminPort: number): Promise<PrometheusFiles> {
  const targets = await fileSet(join(dir, "targets"), dir);
  const rules = await fileSet(join(dir, "rules"), dir);
  let config = "";
  return {
    async write({ jobs, rules: ruleFiles }) {
      const wanted = prometheusConfig(envoyAdminPort, jobs);
      await targets.write(new Map(jobs.map((job) => [targetsFile(job.name), targetsText(job.targets)])));
      const haveRulesChanged = await rules.write(new Map(ruleFiles.map(({ file, text }) => [file, text])));
      const hasConfigChanged = config !== wanted;
      if (hasConfigChanged) writeWhole(join(dir, "prometheus.yml"), wanted);
      config = wanted;
      return { needsReload: haveRulesChanged || hasConfigChanged };
    },
  };
}

/** A folder that holds just the files of a map, those of an earlier run included in what is taken away. */
async function fileSet(folder: string, dir: string) {
  await mkdir(folder, { recursive: true });
  const present = new Map<string, string | undefined>((await readdir(folder)).map((file) => [file, undefined]));
  return {
    async write(files: ReadonlyMap<string, string>): Promise<boolean> {
      const unwanted = [...present.keys()].filter((file) => !files.has(file));
      const changed = [...files].filter(([file, text]) => present.get(file) !== text);
      for (const [file, text] of changed) {
        // Prometheus reads whatever it finds in the folder.
        writeWhole(join(folder, file), text, { halfIn: dir });
        present.set(file, text);
      }
      for (const file of unwanted) {
        await rm(join(folder, file), { force: true });
        present.delete(file);
      }
      return unwanted.length + changed.length > 0;
    },
  };
}
