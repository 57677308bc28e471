// What a rollout is played on: a platform, the images of echo and a stack that runs it.
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { buildImage, openImageStore } from "../../embedded/images/index.ts";
import { type PlatformState, up } from "../../embedded/platform/index.ts";
import { paths } from "../paths.ts";
import { type LocalStack, localStack, pulumiEnvironment, selectLocalStack } from "../pulumi/index.ts";
import { type Release, SERVICE } from "./releases.ts";

export interface Stage {
  readonly platform: PlatformState;
  readonly stack: LocalStack;
}

export interface StageOptions {
  /** Told what is going on, one line at a time. */
  readonly onProgress: (line: string) => void;
  /** Told what the gate says. */
  readonly onGateLine: (line: string) => void;
  /** Whether the platform may outlive this process. @default false: it ends with it, however that ends */
  readonly keep?: boolean;
}

/** Tools, images, the platform and an empty stack, as far as possible at the same time. */
export async function setUp(releases: readonly Release[], { onProgress, onGateLine, keep = false }: StageOptions): Promise<Stage> {
  const [platform, environment] = await Promise.all([
    up({ stateDir: paths.platform, images: paths.images, detached: keep, onProgress }),
    pulumiEnvironment(onProgress),
    buildImages(releases),
  ]);
  await selectLocalStack(environment);
  const configFile = join(paths.backend, "stage.yaml");
  await copyFile(join(paths.checkout, "stacks", "Pulumi.local.yaml"), configFile);
  const stack = localStack({ environment, configFile, onGateLine });
  await stack.set("cluster.stateDir", paths.platform);
  return { platform, stack };
}

/** One app, many images: the faults are in the environment of the bad ones. */
export async function buildImages(releases: readonly Release[]): Promise<void> {
  const store = openImageStore(paths.images);
  for (const { tag, faults } of releases) {
    await buildImage(store, { app: join(paths.checkout, "apps", SERVICE), tag, env: faults, force: true });
  }
}
