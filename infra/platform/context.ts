import type * as pulumi from "@pulumi/pulumi";
import type { Part } from "../../components/part.ts";
import type { Ground } from "../ground.ts";
import type { Preset } from "../presets.ts";
import type { Stack } from "../stack.ts";

/** What every part is made from. */
export interface Context {
  readonly stack: Stack;
  readonly preset: Preset;
  readonly ground: Ground;
}

/** A part that others can wait for. */
export type Installed = Part & pulumi.Resource;

/** What has to be there before; undefined where the stack does not have it. */
export type Dependency = pulumi.Resource | undefined;

/** Options of a part: on the stack's own cluster, once these are there. */
export function after({ ground: { cluster } }: Context, ...dependsOn: readonly Dependency[]): pulumi.ComponentResourceOptions {
  return { provider: cluster.provider, dependsOn: dependsOn.filter((resource) => resource !== undefined) };
}
