import { setTimeout as sleep } from "node:timers/promises";
import { check } from "./check.ts";
import type { ContainerProcess } from "./process.ts";
import type { Container } from "./types.ts";

export interface Termination {
  readonly container: Container;
  readonly process: ContainerProcess;
  readonly podIP: string;
  /** Time for the preStop hook and the process's own end together. */
  readonly graceMs: number;
  /** Whether the preStop hook is run. Draining is for nobody when the whole node stops. @default true */
  readonly drain?: boolean;
}

/** Ends a container as a kubelet does: preStop hook, SIGTERM, and SIGKILL for the whole group when the grace is over. Resolves when it is gone. */
export async function terminate({ container, process, podIP, graceMs, drain = true }: Termination): Promise<void> {
  const kill = setTimeout(() => process.signal("SIGKILL"), graceMs);
  if (drain) await Promise.race([preStop(container, podIP, graceMs), process.exited]);
  process.signal("SIGTERM");
  await process.exited;
  clearTimeout(kill);
}

async function preStop(container: Container, podIP: string, graceMs: number): Promise<void> {
  const { sleep: pause, httpGet } = container.lifecycle?.preStop ?? {};
  if (pause) await sleep(Math.min(pause.seconds * 1000, graceMs), undefined, { ref: false });
  if (httpGet) await check({ httpGet }, { container, podIP, timeoutMs: graceMs });
}
