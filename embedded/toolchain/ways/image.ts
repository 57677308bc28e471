// Way 2 for a program that its project releases as a container image only: out of the layer that holds it, asked of the image's registry.
import path from "node:path";
import { z } from "zod";
import type { Product } from "../cache.ts";
import { downloadFile, downloadText, mirrored } from "../download.ts";
import { runProgram } from "../program.ts";
import { assertSum } from "../sums.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Image, Tool } from "../tool.ts";
import { isSupported, UNPACK_SECONDS } from "./release.ts";

/** What a digest of an image may name, in the two spellings that registries have for each. */
const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const manifestSchema = z.object({ layers: z.array(z.object({ digest })) });
const indexSchema = z.object({
  manifests: z.array(z.object({ digest, platform: z.object({ os: z.string(), architecture: z.string() }) })),
});

/** Downloads the layer of a tool's image that holds it. Digest by digest, all of it is held to the pinned one of the image. */
export async function fromImage(tool: Tool, image: Image, folder: string, surroundings: Surroundings): Promise<Product> {
  const layers = await layersOf(image, surroundings);
  // The program is copied into an image last, so the base image's layers need not be downloaded.
  for (const layer of layers.toReversed()) {
    const archive = path.join(folder, hashOf(layer));
    await downloadFile(`${image.url}/blobs/${layer}`, archive, hashOf(layer), surroundings);
    const run = (...args: readonly string[]) => runProgram("tar", args, { seconds: UNPACK_SECONDS, env: surroundings.env });
    if (!(await run("-tzf", archive)).stdout.split("\n").includes(image.member)) continue;
    await run("-xzf", archive, "-C", folder, image.member);
    const from = mirrored(`${image.url}/manifests/${image.digest}`, surroundings);
    return {
      file: path.join(folder, image.member),
      version: tool.version,
      origin: { way: "downloaded", from, checksum: "pinned checksum" },
    };
  }
  throw new Error(`no layer of ${image.url} at ${image.digest} has ${image.member}`);
}

async function layersOf(image: Image, surroundings: Surroundings): Promise<readonly string[]> {
  const { platform } = surroundings;
  if (!isSupported(platform)) throw new Error(`there is no image for ${platform} that Sluice knows`);
  const named = await manifest(image, image.digest, surroundings);
  const index = indexSchema.safeParse(named);
  if (!index.success) return manifestSchema.parse(named).layers.map((layer) => layer.digest);
  const own = index.data.manifests.find((entry) => entry.platform.os === "linux" && entry.platform.architecture === image.arch[platform]);
  if (own === undefined) throw new Error(`${image.url} at ${image.digest} has no image for linux/${image.arch[platform]}`);
  return manifestSchema.parse(await manifest(image, own.digest, surroundings)).layers.map((layer) => layer.digest);
}

async function manifest(image: Image, digest: string, surroundings: Surroundings): Promise<unknown> {
  const url = `${image.url}/manifests/${digest}`;
  const text = await downloadText(url, surroundings, { accept: MANIFESTS });
  assertSum(Buffer.from(text), hashOf(digest), mirrored(url, surroundings));
  return JSON.parse(text);
}

function hashOf(digest: string): string {
  return digest.slice("sha256:".length);
}
