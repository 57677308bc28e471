import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { RuleOptions } from "../../../../charts/slo/rules/index.ts";
import type { Slo } from "../../../../charts/slo/slo.ts";

/** A file of golden/good/ or golden/bad/: an SLO, and the form its rules are to have. */
export interface GoldenCase {
  readonly name: string;
  readonly slo: Slo;
  readonly options: RuleOptions;
  /** What must come of it: rules in good/, a message in bad/. */
  readonly outcome: string;
}

/** Adding a file adds a case; what must come of it is written by `SLUICE_UPDATE_GOLDEN=1 node --test test/charts/slo/rules/golden.test.ts`. */
export function goldenCases(folder: "good" | "bad"): readonly GoldenCase[] {
  const path = join(import.meta.dirname, "golden", folder);
  return globSync("*.yaml", { cwd: path, exclude: ["*.rules.yaml"] }).map((file) => {
    const name = file.replace(/\.yaml$/, "");
    const { slo, options = {} }: { slo: Slo; options?: RuleOptions } = parse(readFileSync(join(path, file), "utf8"));
    return { name, slo, options, outcome: join(path, folder === "good" ? `${name}.rules.yaml` : `${name}.txt`) };
  });
}
