// Writes down the keys of charts, from folders with their files: node test/infra/helm/writeKeys.ts FOLDER, where FOLDER/<chart>/values.yaml is, and
// npx biome check --write test/infra/helm after it.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import versions from "../../../infra/versions.json" with { type: "json" };
import { isMapping, type KeyTree } from "./keys.ts";

/** Charts within charts have values files of their own: where in the outer one their keys belong. */
const INNER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "kube-prometheus-stack": { grafana: "grafana" },
  ingress: { controller: "kong", gateway: "kong" },
};

/** What the schemas are kept for: form, not words. */
const WORDS = new Set(["description", "title", "examples", "default", "$comment"]);

const [folder = ""] = process.argv.slice(2);
for (const { chart, version } of Object.values(versions.charts)) {
  const { keys, commented } = readChart(chart);
  write("charts", chart, { version, keys, commented: [...new Set(commented)].sort() });
  const schema = join(folder, chart, "values.schema.json");
  // Loki's takes any key and is larger than all others together.
  if (existsSync(schema) && chart !== "loki") write("schemas", chart, withoutWords(JSON.parse(readFileSync(schema, "utf8"))));
}

function readChart(chart: string): { readonly keys: KeyTree; readonly commented: readonly string[] } {
  const text = readFileSync(join(folder, chart, "values.yaml"), "utf8");
  const values: unknown = parse(text);
  // Istio keeps its defaults apart; they are set as if they stood at the top.
  const own = isMapping(values) && isMapping(values._internal_defaults_do_not_set) ? values._internal_defaults_do_not_set : values;
  const inner = Object.entries(INNER[chart] ?? {}).map(([key, name]) => [key, readChart(name)] as const);
  const keys = treeOf(own);
  const outer = isTree(keys) ? keys : {};
  const merged = { ...outer, ...Object.fromEntries(inner.map(([key, { keys: below }]) => [key, joined(outer[key], below)])) };
  return { keys: merged, commented: [...commentedKeys(text), ...inner.flatMap(([, { commented }]) => commented)] };
}

function treeOf(value: unknown): KeyTree {
  if (value === null || value === undefined) return "*";
  if (!isMapping(value)) return 1;
  const keys = Object.entries(value);
  return keys.length === 0 ? "*" : Object.fromEntries(keys.map(([key, below]) => [key, treeOf(below)]));
}

function isTree(tree: KeyTree | undefined): tree is Readonly<Record<string, KeyTree>> {
  return typeof tree === "object";
}

function joined(a: KeyTree | undefined, b: KeyTree): KeyTree {
  if (!isTree(a) || !isTree(b)) return b;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(keys.map((key) => [key, key in b ? joined(a[key], b[key] ?? "*") : (a[key] ?? "*")]));
}

function commentedKeys(text: string): readonly string[] {
  return [...text.matchAll(/^\s*#\s*(?:- )?([A-Za-z][\w.-]*):(?:\s|$)/gm)].flatMap(([, key]) => key ?? []);
}

function withoutWords(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutWords);
  if (!isMapping(schema)) return schema;
  // Below `properties` every key is a name, also "description" and "default".
  const kept = Object.entries(schema).filter(([key, value]) => !(WORDS.has(key) && !isMapping(value)) && key !== "examples");
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutWords(value)]));
}

function write(kind: string, chart: string, content: unknown): void {
  writeFileSync(join(import.meta.dirname, kind, `${chart}.json`), `${JSON.stringify(content)}\n`);
}
