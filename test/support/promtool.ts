import { execFile } from "node:child_process";
import { ensureTool } from "../../embedded/toolchain/index.ts";

/** What promtool says when it ends with an error; empty where it is content. */
export async function promtoolComplaint(args: readonly string[]): Promise<string> {
  const promtool = await ensureTool("promtool");
  return new Promise((resolve) => {
    execFile(promtool, args, (error, stdout, stderr) => resolve(error === null ? "" : `${stdout}${stderr}` || error.message));
  });
}
