// Way 2: the official release, held to a pinned sha256, or to the release's own list of sums where none is pinned.
import path from "node:path";
import type { Product } from "../cache.ts";
import { publishedSum } from "../checksums.ts";
import { downloadFile, downloadText, mirrored } from "../download.ts";
import { runProgram } from "../program.ts";
import type { Surroundings } from "../surroundings.ts";
import { filledIn, type Platform, type Release, type Tool } from "../tool.ts";

export const UNPACK_SECONDS = 120;

/**
 * Downloads a tool's release file into a work folder and unpacks it.
 * @returns the product of every tool that comes out of the same file, by name: nobody should download one archive twice
 */
export async function fromRelease(
  tool: Tool,
  release: Release,
  folder: string,
  surroundings: Surroundings,
): Promise<ReadonlyMap<string, Product>> {
  const { platform } = surroundings;
  if (!isSupported(platform)) throw new Error(`there is no release for ${platform} that Sluice knows`);
  const fill = (template: string) => filledIn(template, tool.version, release.arch[platform]);

  const url = fill(release.url);
  const archive = path.join(folder, path.basename(url));
  const sum = await expectedSum(release.sums, platform, fill, path.basename(url), surroundings);
  await downloadFile(url, archive, sum, surroundings);

  const checksum = "pinned" in release.sums ? ("pinned checksum" as const) : ("published checksum" as const);
  const product = (file: string): Product => ({
    file,
    version: tool.version,
    origin: { way: "downloaded", from: mirrored(url, surroundings), checksum },
  });
  if (release.member === undefined) return new Map([[tool.name, product(archive)]]);

  const together = surroundings.tools.filter((other) => other.release?.url === release.url);
  const members = new Map(together.flatMap(({ name, release: { member } = {} }) => (member === undefined ? [] : [[name, fill(member)]])));
  await runProgram("tar", ["-xzf", archive, "-C", folder, ...members.values()], { seconds: UNPACK_SECONDS, env: surroundings.env });
  return new Map([...members].map(([name, member]) => [name, product(path.join(folder, member))]));
}

async function expectedSum(
  sums: Release["sums"],
  platform: Platform,
  fill: (template: string) => string,
  fileName: string,
  surroundings: Surroundings,
): Promise<string> {
  if ("pinned" in sums) return sums.pinned[platform];
  const list = fill(sums.published);
  const sum = publishedSum(await downloadText(list, surroundings), fileName);
  if (sum === undefined) throw new Error(`${mirrored(list, surroundings)} has no sha256 for ${fileName}`);
  return sum;
}

export function isSupported(platform: string): platform is Platform {
  return platform === "linux-x64" || platform === "linux-arm64";
}
