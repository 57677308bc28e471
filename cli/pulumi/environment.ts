// What `pulumi` needs to work on stack local: its tools side by side on the PATH, a file backend, a Kubernetes plugin.
import { mkdir } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { ensureTools } from "../../embedded/toolchain/index.ts";
import { paths } from "../paths.ts";
import { kubernetesPlugin } from "./kubernetesPlugin.ts";
import { place } from "./place.ts";

const TOOLS = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"] as const;

/** Fetches or builds Pulumi's tools and returns the environment to run it in: what has to be added to that of this process. */
export async function pulumiEnvironment(onProgress: (line: string) => void): Promise<Record<string, string>> {
  const tools = await ensureTools(TOOLS, { onProgress });
  await mkdir(paths.bin, { recursive: true });
  // Not symbolic links: Pulumi looks for its language host beside its own real file and warns about any other on the PATH.
  for (const name of TOOLS) await place(tools[name], join(paths.bin, name));
  await mkdir(paths.backend, { recursive: true, mode: 0o700 });

  const environment = {
    PATH: [paths.bin, dirname(process.execPath), process.env.PATH ?? ""].join(delimiter),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Node's processes of an `up` read our TypeScript and Pulumi's SDK anew each time; their compiled code need not be made anew.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? paths.compiled,
    // Pulumi's processes speak to each other over loopback; those in Node would go through the proxy of http_proxy even there.
    no_grpc_proxy: "127.0.0.1",
    ...stateEnvironment(process.env, paths.backend, onProgress),
  };
  return { ...environment, ...(await kubernetesPlugin(environment, onProgress)) };
}

/** Stack local holds no secret but the kubeconfig of a platform that answers on this machine only. */
const PASSPHRASE = "local";

/**
 * Where Pulumi keeps its state, and the passphrase that goes with it. Who has named a backend brings the passphrase as well. In the project's own
 * backend a passphrase that the shell has for other projects is left aside, and said to be, since it would lock its user out of stack local.
 * @param ownBackend folder
 */
export function stateEnvironment(
  shell: Readonly<Record<string, string | undefined>>,
  ownBackend: string,
  onProgress: (line: string) => void,
): Readonly<Record<string, string>> {
  if (shell.PULUMI_BACKEND_URL) return { PULUMI_BACKEND_URL: shell.PULUMI_BACKEND_URL };
  const { PULUMI_CONFIG_PASSPHRASE: given = PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE: file } = shell;
  if (given !== PASSPHRASE || file) {
    const name = given === PASSPHRASE ? "PULUMI_CONFIG_PASSPHRASE_FILE" : "PULUMI_CONFIG_PASSPHRASE";
    onProgress(`${name} is left aside: stack local has a passphrase of its own. To use yours, set PULUMI_BACKEND_URL as well.`);
  }
  return { PULUMI_BACKEND_URL: `file://${ownBackend}`, PULUMI_CONFIG_PASSPHRASE: PASSPHRASE };
}
