// The upstream custom resource definitions that the embedded platform applies, each file held to its sha256.
import fs from "node:fs";
import path from "node:path";
import { messageOf, PlatformError } from "../errors.ts";
import { inWorkFolder } from "./cache.ts";
import { DOWNLOAD_REMEDY } from "./download.ts";
import { withLock } from "./lock.ts";
import type { Surroundings } from "./surroundings.ts";
import type { SourceFile } from "./tool.ts";
import { sourceFromModule, sourceFromRelease } from "./ways/source.ts";

interface CrdSet {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly module: string;
  readonly folder: string;
  /** sha256 by file name. */
  readonly files: Readonly<Record<string, string>>;
}

const crdSets: readonly CrdSet[] = [
  {
    name: "argo-rollouts",
    version: "1.9.1",
    repository: "argoproj/argo-rollouts",
    module: "github.com/argoproj/argo-rollouts",
    folder: "manifests/crds",
    files: {
      "analysis-run-crd.yaml": "eb1052e728aeb5e46eb1c1202958585eb48edc5ba25b406b7b41c1049009477d",
      "analysis-template-crd.yaml": "96a871705477bb8876f91630789ce753c8291f0ff5457a8cbc781ff150522369",
      "cluster-analysis-template-crd.yaml": "265283fa1dbf10a6b37c3b1e0ece97fa7fe561ca66da8521ca4b194297b31882",
      "experiment-crd.yaml": "419f87b0f6b1b3bfaf0020d71e2b3fe269e232a344e175d123dadceaa17de7ab",
      "rollout-crd.yaml": "d79c0dab9bb386b1c9329fb69cf0d843fff2152b3f7916839755c1aabc7387f5",
    },
  },
  {
    name: "istio",
    version: "1.30.3",
    repository: "istio/api",
    module: "istio.io/api",
    folder: "kubernetes",
    files: { "customresourcedefinitions.gen.yaml": "dcb43ff6b9af2f629b80b6a82597f5a91db259c757e66cc5353ac007da28351a" },
  },
  {
    name: "prometheus-operator",
    version: "0.93.0",
    repository: "prometheus-operator/prometheus-operator",
    module: "github.com/prometheus-operator/prometheus-operator",
    folder: "example/prometheus-operator-crd",
    files: {
      "monitoring.coreos.com_podmonitors.yaml": "45a93443daa687d3654f7e9631909ff7edcdf3ec09c5e60251b74aa2722aee5d",
      "monitoring.coreos.com_prometheusrules.yaml": "78be98554b9c8506ab2b4f4feb91c5f3a56e536a0a510f3a8e876a459970d56d",
      "monitoring.coreos.com_servicemonitors.yaml": "a99047972c9dd7679ce2050b9968e8a08773492e671b3e17abd476d42aa78a32",
    },
  },
];

/**
 * The paths of all CRD files, fetched first where the cache does not have them.
 * @throws PlatformError when neither the repositories nor Go's modules can be reached
 */
export async function ensureCrds(surroundings: Surroundings): Promise<readonly string[]> {
  const files: string[] = [];
  for (const set of crdSets) files.push(...(await ensureSet(set, surroundings)));
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
