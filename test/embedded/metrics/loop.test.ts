import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { prometheusFiles } from "../../../embedded/metrics/files.ts";
import { parseFlags } from "../../../embedded/metrics/flags.ts";
import { initialPrometheusConfig } from "../../../embedded/metrics/index.ts";
import { temporaryFolder } from "../../support/folder.ts";

const job = {
  name: "serviceMonitor/default/echo/0",
  config: { scrape_interval: "1s" },
  targets: [{ address: "127.8.0.1:8080", labels: {} }],
};
const rules = { file: "default_r.yaml", text: "{}" };

test("targets that change need no reload; jobs and rules do", async (t) => {
  const dir = await temporaryFolder(t);
  const files = await prometheusFiles(dir, 9901);
  const needs = async (jobs: (typeof job)[], ruleFiles: (typeof rules)[]) => (await files.write({ jobs, rules: ruleFiles })).needsReload;
  assert.equal(await needs([job], [rules]), true);
  assert.equal(await needs([job], [rules]), false);
  assert.equal(await needs([{ ...job, targets: [] }], [rules]), false);
  assert.equal(await needs([{ ...job, config: { scrape_interval: "2s" } }], [rules]), true);
  assert.equal(await needs([job], [{ ...rules, text: '{"groups":[]}' }]), true);
  assert.equal(await needs([job], []), true);
  assert.deepEqual(await readdir(join(dir, "rules")), []);
  assert.deepEqual(await readdir(join(dir, "targets")), ["serviceMonitor_default_echo_0.json"]);
  assert.equal(await needs([], []), true);
  assert.deepEqual(await readdir(join(dir, "targets")), []);
});

test("files of an earlier run are taken away", async (t) => {
  const dir = await temporaryFolder(t);
  await (await prometheusFiles(dir, 9901)).write({ jobs: [job], rules: [rules] });
  await writeFile(join(dir, "rules", "default_old.yaml"), "{}");
  await (await prometheusFiles(dir, 9901)).write({ jobs: [], rules: [rules] });
  assert.deepEqual(await readdir(join(dir, "rules")), ["default_r.yaml"]);
  assert.deepEqual(await readdir(join(dir, "targets")), []);
});

test("the configuration Prometheus starts with is the one without monitors", async (t) => {
  const dir = await temporaryFolder(t);
  await (await prometheusFiles(dir, 9901)).write({ jobs: [], rules: [] });
  assert.equal(await readFile(join(dir, "prometheus.yml"), "utf8"), initialPrometheusConfig({ envoyAdminPort: 9901 }));
  assert.ok(initialPrometheusConfig({ envoyAdminPort: 9901 }).includes('"127.0.0.1:9901"'));
});

for (const [args, reason] of [
  [[], "--kubeconfig is missing"],
  [["--kubeconfig", "k", "--dir", "d", "--prometheus-port", "0"], "--prometheus-port 0 is not a port"],
  [["--nonsense"], "Unknown option '--nonsense'"],
] as const) {
  test(`flags ${JSON.stringify(args)} are refused: ${reason}`, () => {
    assert.throws(
      () => parseFlags(args),
      (error: Error) => error.message.includes(reason),
    );
  });
}
