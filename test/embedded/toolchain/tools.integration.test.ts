import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";
import { crdFiles, ensureTools, toolNames } from "../../../embedded/toolchain/index.ts";
import { runProgram } from "../../../embedded/toolchain/program.ts";
import type { Tool } from "../../../embedded/toolchain/tool.ts";
import { tools } from "../../../embedded/toolchain/tools.ts";

for (const { name, version, asks } of tools as readonly Tool[]) {
  if ("beside" in asks) continue;
  test(`${name} says that it is ${version}`, async () => {
    const files: Readonly<Record<string, string>> = await ensureTools(toolNames);
    const { all } = await runProgram(files[name] ?? "", asks.args, { seconds: 20 });
    assert.equal(asks.answer.exec(all)?.[1], version);
  });
}

test("tools that are in the cache cost less than 50 ms all together", async () => {
  await ensureTools(toolNames);
  const started = performance.now();
  await ensureTools(toolNames);
  assert(performance.now() - started < 50);
});

test("the custom resource definitions are those of Argo Rollouts, Istio and the Prometheus operator", async () => {
  const documents = (await crdFiles()).flatMap((file) => parseAllDocuments(fs.readFileSync(file, "utf8")));
  const names = documents.map((document) => document.getIn(["metadata", "name"])).filter((name) => name !== undefined);
  for (const name of [
    "rollouts.argoproj.io",
    "analysistemplates.argoproj.io",
    "virtualservices.networking.istio.io",
    "destinationrules.networking.istio.io",
    "servicemonitors.monitoring.coreos.com",
    "prometheusrules.monitoring.coreos.com",
  ]) {
    assert(names.includes(name), name);
  }
});
