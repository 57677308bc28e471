import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { keysOf, unknownPaths } from "./keys.ts";

/** A release as a program asked for it. */
export interface ReleaseValues {
  /** The chart's own name, without its registry. */
  readonly chart: string;
  readonly version: string;
  readonly values: unknown;
}

/** What that very version of the chart would not know or not take, each with its path. */
export function valueProblems({ chart, version, values }: ReleaseValues): readonly string[] {
  const known = keysOf(chart);
  if (known.version !== version) return [`${chart}: the keys of ${known.version} are written down, not those of ${version}`];
  const unknown = unknownPaths(values, known).map((path) => `${chart}: ${path.join(".")} is no value of the chart`);
  return [...unknown, ...schemaProblems(chart, values)];
}

function schemaProblems(chart: string, values: unknown): readonly string[] {
  const file = join(import.meta.dirname, "schemas", `${chart}.json`);
  if (!existsSync(file)) return [];
  const schema = JSON.parse(readFileSync(file, "utf8"));
  const Checker = String(schema.$schema).includes("2020") ? Ajv2020 : Ajv;
  // Formats are for people, and strict mode is about how a schema is written, which is the vendor's business.
  const ajv = new Checker({ strict: false, validateFormats: false, allErrors: true });
  const check = ajv.compile({ ...schema, $schema: undefined });
  if (check(values)) return [];
  // What is required and not ours to set has the chart's own default.
  const errors = (check.errors ?? []).filter(({ keyword }) => keyword !== "required");
  return errors.map(({ instancePath, message }) => `${chart}: ${instancePath.replaceAll("/", ".").slice(1)} ${message}`);
}
