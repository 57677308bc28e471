import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configOf } from "./config.ts";
import type { Check } from "./verdicts.ts";

/** Whether Prometheus would load these rule files, by its own parser. */
export function checkRules(promtool: string): Check {
  // Lint is opinion, and Prometheus loads what it complains of.
  return (texts) => withFiles(texts, (files) => refusal(promtool, ["check", "rules", "--lint=none", ...files], files));
}

/** Whether Prometheus would load a configuration with these jobs (texts as jobsText makes them). */
export function checkJobs(promtool: string): Check {
  return (texts) => withFiles([configOf(texts)], (files) => refusal(promtool, ["check", "config", "--syntax-only", ...files], files));
}

async function withFiles<T>(texts: readonly string[], use: (files: readonly string[]) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-promtool-"));
  try {
    const files = texts.map((_, index) => join(folder, `${index}.yaml`));
    await Promise.all(files.map((file, index) => writeFile(file, texts[index] ?? "")));
    return await use(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refusal(promtool: string, args: readonly string[], files: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    execFile(promtool, args, (error, _stdout, stderr) => {
      if (error === null) resolve(undefined);
      else if (error.code === 1) resolve(reasonIn(stderr, files));
      else reject(error);
    });
  });
}

/** What promtool says of a file, without its name and positions: the file is ours, not the author's. */
export function reasonIn(stderr: string, files: readonly string[]): string {
  const withoutNames = files.reduce((text, file) => text.replaceAll(`parsing YAML file ${file}: `, "").replaceAll(`${file}: `, ""), stderr);
  const lines = withoutNames.split("\n").map((line) => line.replace(/^\s*(FAILED:)?\s*(\d+:\d+: )?/, "").trim());
  return lines.filter((line) => line !== "").join("; ");
}
