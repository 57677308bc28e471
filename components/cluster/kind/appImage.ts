import { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../refuse.ts";
import { buildImage } from "./scripts.ts";
import { sourcesDigest } from "./sources.ts";

export interface AppImageArgs {
  /** Absolute path of the folder that is built from. */
  readonly context: string;
  /** Relative to it: "apps/echo/Dockerfile". */
  readonly dockerfile: string;
  /** Where it is pushed to: "localhost:5001". */
  readonly registry: string;
  /** Keeps its meaning: other sources under the same tag are refused. */
  readonly tag: string;
}

/** An image of our own, in a cluster's local registry. It is built when its tag or anything that goes into it changes, and not otherwise. */
export class AppImage extends pulumi.ComponentResource {
  /** "localhost:5001/echo:1.0.0" */
  readonly reference: string;

  constructor(name: string, args: AppImageArgs, options?: pulumi.ComponentResourceOptions) {
    const { context, dockerfile, registry, tag } = args;
    refuse(`image "${name}"`, [
      !/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(tag) && {
        propertyPath: "tag",
        reason: `"${tag}" is not an image's tag; write for example 1.0.0`,
      },
    ]);
    super("sluice:cluster:AppImage", name, {}, options);
    this.reference = `${registry}/${name}:${tag}`;
    const sources = sourcesDigest(context, dockerfile);
    const environment = { IMAGE: this.reference, DOCKERFILE: dockerfile, SOURCES: sources };
    const triggers = [this.reference, sources];
    new local.Command(name, { create: buildImage, dir: context, environment, triggers }, { parent: this });
    this.registerOutputs({ reference: this.reference });
  }
}
