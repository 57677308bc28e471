import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { PlatformError } from "../errors.ts";
import { readDockerfile } from "./dockerfile.ts";
import { checkTag, parseReference } from "./reference.ts";
import type { ImageStore } from "./store.ts";
import type { StoredImage } from "./types.ts";

const PackageJson = z.object({ scripts: z.object({ build: z.string() }) });

export interface BuildOptions {
  /** The app's folder, with package.json (script `build`, which writes dist/) and Dockerfile. */
  readonly app: string;
  readonly tag: string;
  /** @default localhost/<the folder's name> */
  readonly repository?: string;
  /** Environment on top of the Dockerfile's ENV, e.g. to make a version with a fault. */
  readonly env?: Readonly<Record<string, string>>;
  /** Let the tag move when it already names other content. @default false */
  readonly force?: boolean;
}

/**
 * Builds an app's image without containers: runs its `build` script, takes what it made as the image's files and the last stage of its
 * Dockerfile as the way to run it, and puts both into the store. The script writes to the folder $OUT_DIR, so that two builds of one app
 * do not meet, or, if it knows nothing of that, to dist/.
 * @throws PlatformError when the app cannot be built or its Dockerfile is not understood.
 */
export async function buildImage(store: ImageStore, options: BuildOptions): Promise<StoredImage> {
  const app = resolve(options.app);
  const repository = options.repository ?? `localhost/${basename(app)}`;
  checkTag(options.tag);
  parseReference(`${repository}:${options.tag}`);
  const config = readDockerfile(await textOf(app, "Dockerfile"));
  const out = await mkdtemp(join(tmpdir(), "sluice-build-"));
  try {
    await runBuildScript(app, out);
    const files = (await readdir(out)).length > 0 ? out : join(app, "dist");
    const { tag, env = {}, force = false } = options;
    return await store.put({ ...config, repository, tag, force, env: { ...config.env, ...env }, files });
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

async function runBuildScript(app: string, out: string): Promise<void> {
  if (!PackageJson.safeParse(JSON.parse(await textOf(app, "package.json"))).success)
    throw new PlatformError(`${app}/package.json has no script "build"`);
  try {
    await promisify(execFile)(process.execPath, ["--run", "build"], { cwd: app, env: { ...process.env, OUT_DIR: out } });
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new PlatformError(`the build script of ${app} failed:\n${output}`);
  }
}

async function textOf(app: string, name: string): Promise<string> {
  const text = await readFile(join(app, name), "utf8").catch(() => undefined);
  if (text === undefined) throw new PlatformError(`${app} has no ${name}: give the folder of an app, such as apps/echo`);
  return text;
}
