import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments, stringify } from "yaml";
import type { Manifest } from "../../charts/manifest.ts";
import { serviceManifests } from "../../charts/service/index.ts";
import { decodeStack } from "../../infra/stack/decode.ts";

/** A folder of golden/: a service as a stack writes it, and the manifests it must give. */
export interface GoldenCase {
  readonly name: string;
  /** What the chart makes of it now. */
  readonly actual: readonly Manifest[];
  /** File with what it must make of it. */
  readonly file: string;
}

const GOLDEN = join(import.meta.dirname, "golden");

/** Adding a folder with a service.yaml adds a case; its manifests.yaml is written by `SLUICE_UPDATE_GOLDEN=1 node --test test/charts/`. */
export function goldenCases(): readonly GoldenCase[] {
  return readdirSync(GOLDEN).map((name) => ({
    name,
    actual: manifestsOf(join(GOLDEN, name, "service.yaml")),
    file: join(GOLDEN, name, "manifests.yaml"),
  }));
}

export function readManifests(file: string): readonly Manifest[] {
  if (!existsSync(file)) return [];
  return parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS());
}

export function writtenManifests(manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => stringify(manifest, { aliasDuplicateObjects: false, lineWidth: 0 })).join("---\n");
}

function manifestsOf(file: string): readonly Manifest[] {
  const decoded = decodeStack({ cluster: { kind: "embedded" }, services: { echo: parse(readFileSync(file, "utf8")) } });
  if ("problems" in decoded) throw new Error(`${file}: ${JSON.stringify(decoded.problems)}`);
  const spec = decoded.stack.services.echo;
  if (spec === undefined) throw new Error(`${file} is empty`);
  const { judgement, ...rest } = spec;
  return serviceManifests({
    ...rest,
    name: "echo",
    namespace: "default",
    ...(judgement?.strategy === "blueGreen" ? { blueGreen: judgement } : { canary: judgement }),
    template: "sha256:of-the-template",
    hosts: ["echo.localhost"],
    gateways: [],
  });
}
