// What `pulumi` needs to work on stack local: its tools side by side on the PATH, a file backend, a Kubernetes plugin.
import { copyFile, link, mkdir, rename, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { ensureTools } from "../../embedded/toolchain/index.ts";
import { paths } from "../paths.ts";
import { kubernetesPlugin } from "./kubernetesPlugin.ts";

const TOOLS = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"] as const;

/**
 * Fetches or builds Pulumi's tools and returns the environment to run it in. What the caller has set already (another
 * backend, a passphrase of one's own) wins.
 */
export async function pulumiEnvironment(onProgress: (line: string) => void): Promise<Record<string, string>> {
  const tools = await ensureTools(TOOLS, { onProgress });
  await mkdir(paths.bin, { recursive: true });
  for (const name of TOOLS) await place(tools[name], join(paths.bin, name));
  await mkdir(paths.backend, { recursive: true, mode: 0o700 });

  const environment = {
    PATH: [paths.bin, dirname(process.execPath), process.env.PATH ?? ""].join(delimiter),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Node's processes of an `up` read our TypeScript and Pulumi's SDK anew each time; their compiled code need not be made anew.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? paths.compiled,
    PULUMI_BACKEND_URL: process.env.PULUMI_BACKEND_URL ?? `file://${paths.backend}`,
    // Stack local holds no secret but the kubeconfig of a platform that answers on this machine only.
    PULUMI_CONFIG_PASSPHRASE: process.env.PULUMI_CONFIG_PASSPHRASE ?? "local",
  };
  return { ...environment, ...(await kubernetesPlugin(environment, onProgress)) };
}

/**
 * Puts a tool into the folder, in one step: a `pulumi up` in another terminal may be starting. Not a symbolic link,
 * because Pulumi looks for its language host beside its own real file and warns about any other on the PATH.
 */
async function place(tool: string, path: string): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  await rm(temporary, { force: true });
  await link(tool, temporary).catch(() => copyFile(tool, temporary)); // the cache may be on another file system
  await rename(temporary, path);
}
