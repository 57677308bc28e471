// What a rollout is tested on: a platform of the test's own, the images of echo, and stack local as a user drives it.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { parse, stringify } from "yaml";
import { checkout } from "../../../cli/paths.ts";
import { buildImage, openImageStore } from "../../../embedded/images/index.ts";
import { down, type PlatformState, up } from "../../../embedded/platform/index.ts";
import { type Cluster, clusterOver } from "../../../gate/conductor/cluster.ts";
import { connect } from "../../../gate/conductor/kube.ts";
import type { GateRecord } from "../../../gate/index.ts";
import { type Running, sluice } from "./commandLine.ts";
import { endCommands } from "./processes.ts";
import { recordIn } from "./state.ts";

/** What a test sets of service echo; the rest is as in the checkout's stack local. */
export interface EchoValues {
  readonly tag: string;
  readonly env?: Readonly<Record<string, string>>;
  /** On top of the stack's own, such as { deadline: "20s" }. */
  readonly rollout?: Readonly<Record<string, unknown>>;
  /** In place of the stack's own objectives. */
  readonly slo?: readonly Readonly<Record<string, unknown>>[];
}

export interface StageOptions {
  /** Images of apps/echo by tag, with the environment that makes a bad one bad. */
  readonly images: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Stage {
  /** Where all of it lies: SLUICE_STATE of the commands. */
  readonly folder: string;
  readonly platform: PlatformState;
  /** The Rollout of echo and its Lease, as the gate sees them. */
  readonly echo: Cluster;
  /** Runs a pulumi command that reads the stack file, with the stage's own. */
  pulumi(...args: readonly string[]): Running;
  write(values: EchoValues): Promise<void>;
  /** Writes the stack file and starts `pulumi up`. */
  up(values: EchoValues): Promise<Running>;
  /** The record of the last rollout. @throws Error when there is none */
  record(): Promise<GateRecord>;
}

/** Fewer pods than the demo has: tests share a small machine. */
const REPLICAS = 2;

/** Starts a platform and builds the images. All of it ends with the test, whatever state the test left it in. */
export async function startStage(t: TestContext, { images }: StageOptions): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-e2e-"));
  const stateDir = join(folder, "local");
  t.after(async () => {
    await endCommands(folder);
    await down(stateDir);
    await rm(folder, { recursive: true, force: true });
  });
  const [platform] = await Promise.all([
    up({ stateDir, images: join(folder, "images"), detached: false, durable: false, onProgress: (line) => t.diagnostic(line) }),
    buildImages(join(folder, "images"), images),
  ]);
  const kube = await connect(await readFile(platform.kubeconfig, "utf8"));
  return stageIn(folder, platform, clusterOver(kube, { namespace: "default", rollout: "echo" }));
}

/** A second terminal on the same platform: commands with a state of their own in `folder`. */
export function stageIn(folder: string, platform: PlatformState, echo: Cluster): Stage {
  const file = join(folder, "stack.yaml");
  const pulumi = (...args: readonly string[]) =>
    sluice(folder, "pulumi", ...args, "--stack", "local", "--config-file", file, "--non-interactive", "--color", "never");
  const write = (values: EchoValues) => writeStack(file, platform.stateDir, values);
  return {
    ...{ folder, platform, echo, pulumi, write },
    async up(values) {
      await write(values);
      return pulumi("up", "--yes", "--skip-preview");
    },
    record: () => recordIn(folder, "echo"),
  };
}

async function buildImages(folder: string, images: StageOptions["images"]): Promise<void> {
  const store = openImageStore(folder);
  for (const [tag, env] of Object.entries(images)) await buildImage(store, { app: join(checkout, "apps", "echo"), tag, env });
}

async function writeStack(file: string, stateDir: string, { rollout, ...values }: EchoValues): Promise<void> {
  const stack = parse(await readFile(join(checkout, "stacks", "Pulumi.local.yaml"), "utf8"));
  const { echo } = stack.config["sluice:services"];
  const changed = { ...echo, replicas: REPLICAS, ...values, rollout: { ...echo.rollout, ...rollout } };
  stack.config = { "sluice:cluster": { kind: "embedded", stateDir }, "sluice:services": { echo: changed } };
  await writeFile(file, stringify(stack));
}
