// What Pulumi itself takes: a preview of as many resources with nothing in them, by the same engine.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { paths } from "../../cli/paths.ts";
import { DEADLINE_MINUTES } from "../succeeding.ts";

const run = promisify(execFile);
const LONGEST_OUTPUT_BYTES = 1 << 30;
const STACK = "bare";

/**
 * The bare project, made in `folder` where it is not there yet. Its preview throws when pulumi fails.
 * The project is copied because Pulumi writes a stack's file beside it.
 */
export async function bareProject(folder: string, environment: Readonly<Record<string, string>>) {
  const pulumi = async (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const { stdout } = await run(join(paths.bin, "pulumi"), [...args, "--stack", STACK, "--non-interactive", "--color", "never"], {
      cwd: folder,
      env: { ...process.env, ...environment, ...more },
      maxBuffer: LONGEST_OUTPUT_BYTES,
      timeout: DEADLINE_MINUTES * 60_000,
      killSignal: "SIGINT",
    });
    return stdout;
  };
  if (!existsSync(folder)) {
    await cp(join(import.meta.dirname, "bare"), folder, { recursive: true });
    await symlink(join(paths.checkout, "node_modules"), join(folder, "node_modules"));
    await pulumi(["stack", "init"]);
  }
  return { preview: (resources: number) => pulumi(["preview"], { BARE_RESOURCES: String(resources) }) };
}
