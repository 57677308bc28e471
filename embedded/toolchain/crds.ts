// Upstream custom resource definitions in the cache, each file held to its sha256.
import fs from "node:fs";
import path from "node:path";
import { messageOf, PlatformError } from "../errors.ts";
import { inWorkFolder } from "./cache.ts";
import type { CrdSet } from "./crdSets.ts";
import { DOWNLOAD_REMEDY } from "./download.ts";
import { withLock } from "./lock.ts";
import type { Surroundings } from "./surroundings.ts";
import type { SourceFile } from "./tool.ts";
import { sourceFromModule, sourceFromRelease } from "./ways/source.ts";

/**
 * The paths of all files of these sets, fetched first where the cache does not have them.
 * @throws PlatformError when neither the repositories nor Go's modules can be reached
 */
export async function ensureCrds(sets: readonly CrdSet[], surroundings: Surroundings): Promise<readonly string[]> {
  const files: string[] = [];
  for (const set of sets) files.push(...(await ensureSet(set, surroundings)));
  return files;
}

async function ensureSet(set: CrdSet, surroundings: Surroundings): Promise<readonly string[]> {
  const place = path.join(surroundings.cacheDir, "crds", set.name, set.version);
  const files = Object.keys(set.files).map((name) => path.join(place, name));
  const isHere = () => files.every((file) => fs.existsSync(file));
  if (isHere()) return files;
  await withLock(path.join(surroundings.cacheDir, "locks", `crds-${set.name}-${set.version}.lock`), async () => {
    if (isHere()) return;
    const doing = `fetching the custom resource definitions of ${set.name} ${set.version}`;
    await surroundings.progress.step(doing, () => inWorkFolder(surroundings, (folder) => fetchSet(set, folder, place, surroundings)));
  });
  return files;
}

async function fetchSet(set: CrdSet, folder: string, place: string, surroundings: Surroundings): Promise<void> {
  for (const [name, sha256] of Object.entries(set.files))
    await fetchFile(sourceOf(set, name, sha256), path.join(folder, name), surroundings);
  fs.rmSync(place, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.renameSync(folder, place);
}

async function fetchFile(source: SourceFile, file: string, surroundings: Surroundings): Promise<void> {
  const reasons: string[] = [];
  for (const [way, get] of [
    ["download", sourceFromRelease],
    ["Go module", sourceFromModule],
  ] as const) {
    try {
      await get(source, file, surroundings);
      return;
    } catch (error) {
      reasons.push(`  - ${way}: ${messageOf(error)}`);
    }
  }
  throw new PlatformError(
    [
      `${source.path} of ${source.module} ${source.moduleVersion} is needed and cannot be had on this machine:`,
      ...reasons,
      `Any one of these will do: ${DOWNLOAD_REMEDY}; install Go.`,
    ].join("\n"),
  );
}

function sourceOf(set: CrdSet, name: string, sha256: string): SourceFile {
  const filePath = `${set.folder}/${name}`;
  const moduleVersion = `v${set.version}`;
  const url = `https://raw.githubusercontent.com/${set.repository}/${moduleVersion}/${filePath}`;
  return { url, sha256, module: set.module, moduleVersion, path: filePath };
}
