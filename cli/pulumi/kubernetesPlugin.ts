// The official Kubernetes plugin where it can be had, otherwise the stand-in in a PULUMI_HOME of its own.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { installProvider } from "../../embedded/kubernetesProvider/index.ts";
import { paths } from "../paths.ts";

const run = promisify(execFile);
const DOWNLOAD_DEADLINE_MS = 180_000;

/**
 * Sees to it that Pulumi finds a Kubernetes plugin and returns what must be added to its environment. Whether the
 * official plugin can be downloaded is asked once: after that the stand-in's home is there, until it is removed.
 */
export async function kubernetesPlugin(
  environment: Record<string, string>,
  onProgress: (line: string) => void,
): Promise<Record<string, string>> {
  const version: string = createRequire(import.meta.url)("@pulumi/kubernetes/package.json").version;
  const ownHome = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  if (existsSync(join(ownHome, "plugins", `resource-kubernetes-v${version}`))) return {};
  if (!existsSync(paths.standInHome) && (await download(version, environment, onProgress))) return {};

  await installProvider({ pulumiHome: paths.standInHome, node: process.execPath });
  return {
    PULUMI_HOME: paths.standInHome,
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  };
}

async function download(version: string, environment: Record<string, string>, onProgress: (line: string) => void): Promise<boolean> {
  onProgress(`downloading Pulumi's Kubernetes plugin ${version}`);
  try {
    await run(join(paths.bin, "pulumi"), ["plugin", "install", "resource", "kubernetes", version], {
      env: { ...process.env, ...environment },
      timeout: DOWNLOAD_DEADLINE_MS,
    });
    return true;
  } catch {
    onProgress(
      `Pulumi's Kubernetes plugin ${version} cannot be downloaded: using the stand-in in ${paths.standInHome} (remove that folder to try again)`,
    );
    return false;
  }
}
