// What is on this machine, tool by tool, for people: where from, what vouches for it, how big; and what would happen for those not here yet.
import fs from "node:fs";
import { cached, originOf } from "./cache.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Tool } from "./tool.ts";
import { onPath } from "./ways/onPath.ts";

export interface InventoryLine {
  readonly name: string;
  readonly version: string;
  /** Absent while the tool is not here. */
  readonly file?: string;
  readonly bytes?: number;
  /** Where it came from, or how it will be got. */
  readonly from: string;
}

export function inventoryOf(surroundings: Surroundings): Promise<readonly InventoryLine[]> {
  return Promise.all(surroundings.tools.map((tool) => lineOf(tool, surroundings)));
}

async function lineOf(tool: Tool, surroundings: Surroundings): Promise<InventoryLine> {
  const { name } = tool;
  const here = cached(tool, surroundings);
  if (here) return { name, ...here, bytes: fs.statSync(here.file).size, from: cacheText(here.file) };
  const file = await onPath(tool, surroundings).catch(() => undefined);
  if (file !== undefined) return { name, version: tool.version, file, bytes: fs.statSync(file).size, from: `PATH: ${file}` };
  return { name, version: tool.version, from: `not here yet: ${plan(tool)}` };
}

function cacheText(file: string): string {
  const origin = originOf(file);
  if (!origin) return "cache: put there by hand";
  const how = { downloaded: "downloaded", built: "built from source", wheel: "Python wheel", module: "Go module" }[origin.way];
  return `cache: ${how} (${origin.checksum})`;
}

/** The ways in the order they will be tried. */
function plan({ release, image, goBuild, wheel, source }: Tool): string {
  const checksum = release && ("pinned" in release.sums ? "pinned checksum" : "published checksum");
  const ways = [
    release && `downloaded (${checksum})`,
    image && "downloaded out of its container image (pinned checksum)",
    goBuild && "built from source with Go",
    wheel && "fetched as a Python wheel (pinned checksum)",
    source && "downloaded or taken out of its Go module (pinned checksum)",
  ].filter((way) => way !== undefined);
  return `will be ${ways.join(", else ")}`;
}
