// Describes one stack against a mocked engine, in this process, and prints what that took as JSON: main.ts FILE NAME
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

const [file = "", name = ""] = process.argv.slice(2);
const { config } = parse(readFileSync(file, "utf8"));
const texts = Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
pulumi.runtime.setAllConfig(Object.fromEntries(texts));

let resources = 0;
await pulumi.runtime.setMocks({ newResource, call: () => ({ accountId: config["sluice:aws"]?.account, arn: "" }) }, "sluice", name);
Reflect.deleteProperty(Error, "prepareStackTrace");

const began = performance.now();
const { program } = await import("../../infra/program.ts");
const loaded = performance.now();
await program();
await pulumi.runtime.disconnect();
const done = performance.now();

const seconds = (from: number, to: number) => (to - from) / 1000;
const figures = { loadSeconds: seconds(began, loaded), programSeconds: seconds(loaded, done), resources, memoryMiB: memoryMiB() };
console.log(JSON.stringify(figures));

function newResource({ type, name: own, inputs }: pulumi.runtime.MockResourceArgs): pulumi.runtime.MockResourceResult {
  resources++;
  const record = { image: inputs.image, verdict: "promoted", evidence: { looks: [] } };
  const outputs = { arn: own, endpoint: "https://cluster.example", certificateAuthority: { data: "Q0E=" }, stdout: "", record };
  return { id: `${type} ${own}`, state: { ...inputs, ...outputs } };
}

/** The most that this process has had. */
function memoryMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}
