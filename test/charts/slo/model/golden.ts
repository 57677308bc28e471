import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A file of golden/<folder>/ and what must come of it, which stands beside it. */
export interface GoldenCase {
  readonly name: string;
  readonly text: string;
  /** What must come of it. With SLUICE_UPDATE_GOLDEN=1, `actual` is written down first. */
  expected(actual: string): string;
}

/** Adding a case is adding a YAML file; SLUICE_UPDATE_GOLDEN=1 writes the text beside it. */
export function goldenCases(folder: string): readonly GoldenCase[] {
  const at = join(import.meta.dirname, "golden", folder);
  return readdirSync(at)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => {
      const beside = join(at, file.replace(/yaml$/, "txt"));
      return {
        name: file.replace(/\.yaml$/, ""),
        text: readFileSync(join(at, file), "utf8"),
        expected: (actual) => {
          if (process.env.SLUICE_UPDATE_GOLDEN === "1") writeFileSync(beside, actual);
          return readFileSync(beside, "utf8");
        },
      };
    });
}
