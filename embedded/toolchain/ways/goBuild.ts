// Way 3: a build from the pinned Go module.
import path from "node:path";
import type { Product } from "../cache.ts";
import { runProgram } from "../program.ts";
import type { Surroundings } from "../surroundings.ts";
import type { GoBuild, Tool } from "../tool.ts";
import { oldestGo } from "../tools.ts";

const ANSWER_SECONDS = 20;

/** Builds a tool into a work folder. The module cache and Go's build cache are the user's own. */
export async function fromGo(tool: Tool, goBuild: GoBuild, folder: string, surroundings: Surroundings): Promise<Product> {
  await assertGo(surroundings);
  const file = path.join(folder, tool.name);
  await runProgram("go", buildArguments(goBuild, file), {
    cwd: path.join(surroundings.modulesDir, goBuild.module),
    env: goEnvironment(surroundings.env),
    seconds: surroundings.deadlines.build,
  });
  const version = goBuild.version ?? tool.version;
  return { file, version, origin: { way: "built", from: goBuild.package, checksum: "go.sum" } };
}

function buildArguments(goBuild: GoBuild, file: string): readonly string[] {
  const tags = goBuild.tags === undefined ? [] : ["-tags", goBuild.tags];
  const ldflags = ["-s", "-w", goBuild.ldflags ?? ""].join(" ").trim();
  return ["build", "-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", ldflags, ...tags, "-o", file, goBuild.package];
}

/** The same binary on every machine: no C compiler, no other Go than the one installed, none of the user's own build flags or workspace. */
export function goEnvironment(env: Surroundings["env"]): Surroundings["env"] {
  return { ...env, CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "", GOWORK: "off" };
}

/** Rejects with the reason when Go is missing or too old. */
export async function assertGo(surroundings: Surroundings): Promise<void> {
  const { stdout } = await runProgram("go", ["env", "GOVERSION"], { seconds: ANSWER_SECONDS, env: goEnvironment(surroundings.env) }).catch(
    (error: Error) => {
      throw new Error(`${error.message} (Go ${oldestGo} or newer is needed)`, { cause: error });
    },
  );
  const version = stdout.trim().replace(/^go/, "");
  if (!isAtLeast(version, oldestGo)) throw new Error(`Go ${version} is too old: ${oldestGo} or newer is needed`);
}

/** Compares "1.26.8" with "1.26" by major and minor number. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split(".").map((part) => Number.parseInt(part, 10));
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
