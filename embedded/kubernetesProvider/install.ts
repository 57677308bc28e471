import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import kubernetes from "@pulumi/kubernetes/package.json" with { type: "json" };
import { writeWhole } from "../wholeFile.ts";

export interface InstallOptions {
  /** PULUMI_HOME to install into. Never the user's own: the stand-in would hide the official plugin there. */
  readonly pulumiHome: string;
  /** Path of the Node (22.18 or newer) that runs the plugin. */
  readonly node: string;
}

/**
 * Makes the stand-in the plugin `kubernetes` of a PULUMI_HOME, under the version that @pulumi/kubernetes asks for.
 * Harmless when it is there already, and when two processes do it at once.
 *
 * @returns the folder of the plugin
 */
export async function installProvider({ pulumiHome, node }: InstallOptions): Promise<string> {
  const folder = join(pulumiHome, "plugins", `resource-kubernetes-v${kubernetes.version}`);
  const launcher = join(folder, "pulumi-resource-kubernetes");
  const script = launcherScript(node, fileURLToPath(new URL("main.ts", import.meta.url)));
  if ((await readFile(launcher, "utf8").catch(() => "")) === script) return folder;

  await mkdir(folder, { recursive: true });
  writeWhole(launcher, script, { mode: 0o755 });
  return folder;
}

/** `exec`, so that the plugin is the engine's own child: its signals arrive, and the plugin can see when it is gone. */
function launcherScript(node: string, main: string): string {
  return `#!/bin/sh\nexec ${quoted(node)} ${quoted(main)} --engine-pid "$PPID" "$@"\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
