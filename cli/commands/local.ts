// `sluice local`: the embedded platform of stack local.
import { Command } from "commander";
import { type DownResult, down, type PlatformState, type PlatformStatus, reset, status, up } from "../../embedded/platform/index.ts";
import { paths } from "../paths.ts";
import { resetLocalStack } from "../pulumi/index.ts";
import { table } from "../table.ts";

interface Flags {
  readonly stateDir: string;
  readonly images: string;
}

/** `sluice local up | down | status | reset`. */
export function localCommand(): Command {
  const action = (name: string, description: string) =>
    new Command(name).description(description).option("--state-dir <dir>", "where the platform keeps its state", paths.platform);
  return new Command("local")
    .description("the embedded platform: a control plane, Argo Rollouts, Prometheus and Envoy as local processes")
    .addCommand(
      action("up", "start it, or wait until it is ready when it is running already")
        .option("--images <dir>", "the node's image store", paths.images)
        .action(runUp),
    )
    .addCommand(action("down", "end every process of it; the cluster's state stays for the next up").action(runDown))
    .addCommand(action("status", "show each part; exit code 0 when all are ready, 3 when not").action(runStatus))
    .addCommand(action("reset", "end it and delete its state, and Pulumi's of stack local; images stay").action(runReset));
}

async function runUp({ stateDir, images }: Flags): Promise<void> {
  const begin = Date.now();
  const state = await up({ stateDir, images, onProgress: (line) => console.log(line) });
  console.log(`\nready in ${seconds(Date.now() - begin)}\n${addresses(state)}`);
}

async function runDown({ stateDir }: Flags): Promise<void> {
  console.log(ended(await down(stateDir)));
}

async function runReset({ stateDir }: Flags): Promise<void> {
  const isOwn = stateDir === paths.platform;
  console.log(`${ended(await (isOwn ? resetLocalStack() : reset(stateDir)))}\n${stateDir} is deleted`);
  if (isOwn) console.log("Pulumi's state of stack local is deleted");
}

async function runStatus({ stateDir }: Flags): Promise<void> {
  const now = await status(stateDir);
  console.log(report(now));
  // As `systemctl status` has it: 3 for a service that does not run.
  if (!now.isReady) process.exitCode = 3;
}

function report({ platform, state, parts, orphans }: PlatformStatus): string {
  const rows = parts.map((part) => [part.name, part.state, part.pid ?? "-", part.restarts, seconds((part.readySeconds ?? 0) * 1000)]);
  const reasons = parts.flatMap(({ name, reason }) => (reason === undefined ? [] : [`${name} last ended: ${reason}`]));
  switch (platform) {
    case "running":
      return [table(["part", "state", "pid", "restarts", "ready in"], rows), ...reasons, ...(state ? [addresses(state)] : [])].join("\n\n");
    case "orphaned":
      return `the supervisor is gone and ${orphans.length} processes are left (${orphans.join(", ")}): "sluice local up" starts anew, "sluice local down" ends them`;
    case "stopped":
      return ['the platform is not running; "sluice local up" starts it', ...reasons].join("\n\n");
  }
}

function addresses({ apiServer, kubeconfig, gatewayUrl, prometheusUrl }: PlatformState): string {
  return [
    `services    ${gatewayUrl.replace("127.0.0.1", "<service>.localhost")}`,
    `prometheus  ${prometheusUrl}`,
    `api server  ${apiServer}`,
    `kubeconfig  ${kubeconfig}`,
  ].join("\n");
}

function ended({ wasRunning, killed }: DownResult): string {
  if (!wasRunning) return "nothing was running";
  return killed === 0 ? "the platform is down" : `the platform is down; ${killed} processes did not end when asked to and were killed`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
