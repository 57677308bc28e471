// Where tools lie: <cache>/tools/<tool>/<version>/<tool>, and beside each a note of where it came from. Files appear whole or not at all.
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { isRunning } from "../processes/index.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Tool } from "./tool.ts";

const originSchema = z.object({
  way: z.enum(["downloaded", "built", "wheel", "module"]),
  /** The URL, or the module or package with its version. */
  from: z.string(),
  /** What vouches for the content. */
  checksum: z.enum(["pinned checksum", "published checksum", "go.sum"]),
});

export type Origin = z.infer<typeof originSchema>;

/** A finished file, still in its work folder. */
export interface Product {
  readonly file: string;
  readonly version: string;
  readonly origin: Origin;
}

/** The versions a tool may be cached in: the pinned one, and the newest one that can be built where that is another. */
function versionsOf(tool: Tool): readonly string[] {
  const built = tool.goBuild?.version;
  return built === undefined ? [tool.version] : [tool.version, built];
}

/** The tool's file in the cache, if it is there. One look at the file system, no program is started. */
export function cached(tool: Tool, { cacheDir }: Surroundings): { file: string; version: string } | undefined {
  for (const version of versionsOf(tool)) {
    const file = path.join(folderOf(cacheDir, tool.name, version), tool.name);
    if (fs.existsSync(file)) return { file, version };
  }
  return undefined;
}

/** Moves a product to its place, executable. The origin goes first: a tool in the cache always has one. */
export function install(name: string, product: Product, { cacheDir }: Surroundings): string {
  const folder = folderOf(cacheDir, name, product.version);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${product.file}.origin`, `${JSON.stringify(product.origin, undefined, 2)}\n`);
  fs.renameSync(`${product.file}.origin`, path.join(folder, "origin.json"));
  fs.chmodSync(product.file, 0o755);
  const place = path.join(folder, name);
  fs.renameSync(product.file, place);
  return place;
}

/** Where a cached tool came from; undefined when somebody put it there by hand. */
export function originOf(file: string): Origin | undefined {
  try {
    return originSchema.parse(JSON.parse(fs.readFileSync(path.join(path.dirname(file), "origin.json"), "utf8")));
  } catch {
    return undefined;
  }
}

/** Gives work an empty folder in the cache's own file system (so that a rename is enough) and removes it whatever happens. */
export async function inWorkFolder<T>({ cacheDir }: Surroundings, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = path.join(cacheDir, "work");
  fs.mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  const folder = fs.mkdtempSync(path.join(parent, `${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A process ended by kill -9 leaves its work folder; whoever comes next clears it away. */
function removeAbandoned(parent: string): void {
  const abandoned = fs.readdirSync(parent).filter((entry) => !isRunning(Number.parseInt(entry, 10)));
  for (const entry of abandoned) fs.rmSync(path.join(parent, entry), { recursive: true, force: true });
}

function folderOf(cacheDir: string, name: string, version: string): string {
  return path.join(cacheDir, "tools", name, version);
}
