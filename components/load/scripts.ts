import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The scripts of a folder by the names of their files. k6 takes TypeScript as it is, and finds what they import beside them. */
export function readScripts(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}
