import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PlatformError } from "../errors.ts";
import { clientFor, hasCondition, nodes, waitFor } from "../kube/index.ts";
import { lastLines } from "../logFiles.ts";
import { isOf } from "../processes/index.ts";
import { isReady, type PartStatus, readStatus } from "../supervisor/index.ts";
import type { PartName } from "./names.ts";
import { progressOf } from "./progress.ts";
import { supervisorOf } from "./spawn.ts";
import type { Paths } from "./state.ts";

/** Each part has a deadline of its own; this one is for a part that was ready once and keeps ending since. */
const ALL_SECONDS = 300;
const NODE_SECONDS = 60;

/**
 * Follows the supervisor's status until all parts are ready and the Node takes pods.
 * @throws PlatformError that names the part, why, and its last log lines.
 */
export async function untilReady(id: string, paths: Paths, parts: readonly PartName[], onProgress: (line: string) => void): Promise<void> {
  const supervisor = supervisorOf(id);
  const told = new Set<string>();
  const deadline = Date.now() + ALL_SECONDS * 1000;
  for (;;) {
    // Asked before the status is read: a supervisor that ends in between leaves its last word there.
    const isAlive = supervisor !== undefined && isOf(id, supervisor);
    const all = (await readStatus(paths.status)) ?? [];
    for (const { name, readySeconds = 0 } of all.filter((part) => isReady(part) && !told.has(part.name))) {
      told.add(name);
      onProgress(`${name} ready after ${readySeconds.toFixed(1)} s`);
    }
    const progress = progressOf(all, parts);
    if (progress.kind === "ready") break;
    if (progress.kind === "missing") throw lacking(progress.names);
    if (progress.kind === "failed") throw notReady(progress.part, paths);
    if (!isAlive) throw new PlatformError(["the supervisor has ended", ...lastLines(join(paths.logs, "supervisor.log"), 0)].join("\n  "));
    if (progress.kind === "waiting" && Date.now() >= deadline) throw notReady(progress.part, paths);
    await sleep(50);
  }
  if (parts.includes("node")) await nodeReady(paths.kubeconfig);
}

function lacking(names: readonly PartName[]): PlatformError {
  return new PlatformError(`the platform runs without ${names.join(", ")}: run "sluice local down" first`);
}

function notReady({ name, state, reason }: PartStatus, { logs }: Paths): PlatformError {
  return new PlatformError(`${name} is not ready: ${reason ?? state}\nlog: ${join(logs, `${name}.log`)}`);
}

async function nodeReady(kubeconfig: string): Promise<void> {
  const client = await clientFor(kubeconfig);
  await waitFor("Node Ready", async () => (await client.list(nodes)).find((node) => hasCondition(node, "Ready")), {
    seconds: NODE_SECONDS,
  });
  client.close();
}
