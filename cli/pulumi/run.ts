// Stack local: made and selected, forgotten with its platform, and `pulumi` run on it in this checkout.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DownResult, reset } from "../../embedded/platform/index.ts";
import { paths } from "../paths.ts";

export const STACK = { project: "sluice", name: "local" } as const;

/** Makes and selects stack local when the backend is ours and does not have it yet. */
export async function selectLocalStack(environment: Readonly<Record<string, string>>): Promise<void> {
  const backend = environment.PULUMI_BACKEND_URL ?? "";
  if (!backend.startsWith("file://")) return;
  if (!existsSync(checkpointIn(fileURLToPath(backend))))
    await runPulumi(["stack", "select", STACK.name, "--create"], environment, "ignore");
}

/** Ends the platform of stack local and deletes its state, and Pulumi's as well: of the objects it remembers none is left. Images stay. */
export async function resetLocalStack(): Promise<DownResult> {
  const ended = await reset(paths.platform);
  await rm(checkpointIn(paths.backend), { force: true });
  return ended;
}

function checkpointIn(backend: string): string {
  return join(backend, ".pulumi", "stacks", STACK.project, `${STACK.name}.json`);
}

/**
 * Runs `pulumi ARGS` and returns its exit code. Its output goes where ours goes, or nowhere.
 * Ctrl-C reaches it through the terminal, so here the signal is only outlived.
 */
export async function runPulumi(
  args: readonly string[],
  environment: Record<string, string>,
  output: "inherit" | "ignore" = "inherit",
): Promise<number> {
  const outlive = () => undefined;
  process.on("SIGINT", outlive);
  try {
    const child = spawn(join(paths.bin, "pulumi"), args, {
      cwd: paths.checkout,
      env: { ...process.env, ...environment },
      stdio: ["inherit", output, output === "ignore" ? "ignore" : "inherit"],
    });
    return await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
    });
  } finally {
    process.off("SIGINT", outlive);
  }
}
