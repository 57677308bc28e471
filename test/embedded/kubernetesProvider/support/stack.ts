// A small Pulumi program under the real engine, with the stand-in as its Kubernetes plugin and its state in a temporary folder.
import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { place } from "../../../../cli/pulumi/place.ts";
import { installProvider } from "../../../../embedded/kubernetesProvider/index.ts";
import { ensureTools } from "../../../../embedded/toolchain/index.ts";
import { temporaryFolder } from "../../../support/folder.ts";

const TOOLS = ["pulumi", "pulumi-language-nodejs"] as const;
const MODULES = fileURLToPath(new URL("../../../../node_modules", import.meta.url));

export interface Run {
  readonly exitCode: number;
  /** What the operator saw, stdout and stderr. */
  readonly output: string;
}

export interface Stack {
  /** Makes `body` the program; `k8s` and `pulumi` are imported, and `cluster` is a provider with the test's kubeconfig. */
  write(body: string): Promise<void>;
  pulumi(...args: readonly string[]): Promise<Run>;
  /** The operations a preview plans, by the resource's name, without those that stay the same. */
  planned(): Promise<Readonly<Record<string, string>>>;
  /** The state file's text. */
  exported(): Promise<string>;
}

export async function newStack(t: TestContext, kubeconfig: string): Promise<Stack> {
  const directory = await temporaryFolder(t);
  const [program, bin, home] = ["program", "bin", "home"].map((name) => join(directory, name));
  if (!program || !bin || !home) throw new Error("unreachable");
  const tools = await ensureTools(TOOLS);
  for (const path of [program, bin, join(directory, "backend")]) await mkdir(path);
  for (const name of TOOLS) await place(tools[name], join(bin, name));
  await installProvider({ pulumiHome: home, node: process.execPath });
  await writeFile(join(program, "Pulumi.yaml"), "name: trial\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n");
  await writeFile(join(program, "package.json"), '{ "type": "module" }\n');
  await symlink(MODULES, join(program, "node_modules"));

  const env = {
    ...process.env,
    PATH: [bin, dirname(process.execPath), process.env.PATH ?? ""].join(delimiter),
    KUBECONFIG: kubeconfig,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${join(directory, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "trial",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    no_grpc_proxy: "127.0.0.1",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_SKIP_CONFIRMATIONS: "true",
  };
  const pulumi = (...args: readonly string[]) =>
    new Promise<Run>((resolve) => {
      const all = [...args, "--non-interactive", "--color=never"];
      execFile(join(bin, "pulumi"), all, { cwd: program, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ exitCode, output: `${stdout}${stderr}` });
      });
    });
  await pulumi("stack", "init", "trial");

  return {
    write: (body) => writeFile(join(program, "index.ts"), `${PRELUDE}\n${body}\n`),
    pulumi,
    async planned() {
      const { output } = await pulumi("preview", "--json");
      return plannedOperations(output);
    },
    async exported() {
      return (await pulumi("stack", "export")).output;
    },
  };
}

const PRELUDE = `
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as k8s from "@pulumi/kubernetes";
const cluster = new k8s.Provider("cluster", { kubeconfig: readFileSync(process.env.KUBECONFIG, "utf8") });
const opts = { provider: cluster };`;

/** Reads the engine's own account of a preview. */
function plannedOperations(json: string): Record<string, string> {
  const start = json.indexOf("{\n");
  const preview: unknown = JSON.parse(json.slice(start, json.lastIndexOf("}") + 1));
  if (!isRecord(preview) || !Array.isArray(preview.steps)) throw new Error(`not a preview: ${json}`);
  const steps = preview.steps.filter(isRecord).filter((step) => step.op !== "same");
  return Object.fromEntries(steps.map((step) => [String(step.urn).split("::").at(-1), String(step.op)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
