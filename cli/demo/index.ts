// `npm run demo`: a platform, a service, a good rollout and two bad ones, on real traffic, judged by what really happened.
import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { buildImage, openImageStore } from "../../embedded/images/index.ts";
import { type PlatformState, reset, up } from "../../embedded/platform/index.ts";
import { CommandError } from "../errors.ts";
import { type Load, startLoad } from "../load/index.ts";
import { paths } from "../paths.ts";
import { forgetLocalStack, type LocalStack, localStack, pulumiEnvironment, selectLocalStack } from "../pulumi/index.ts";
import { narrator } from "./narrator.ts";
import { type Outcome, outcomeOf, surprises } from "./outcome.ts";
import { FIRST, type Release, ROLLOUTS } from "./releases.ts";
import { resultTable, whatNext } from "./report.ts";

export interface DemoOptions {
  /** Leave the platform and the service running. */
  readonly keep: boolean;
  /** Requests a second. */
  readonly rate: number;
}

const SERVICE = "echo";

/**
 * Runs the demo and returns whether every rollout ended as it should have.
 * @throws CommandError when there is a platform already: the demo would be judged on what others left there
 */
export async function runDemo({ keep, rate }: DemoOptions): Promise<boolean> {
  if (existsSync(paths.platform))
    throw new CommandError(
      `there is a platform in ${paths.platform} already, and the demo wants a new one.\nTo remove it, services and all: npx sluice local reset`,
    );
  const say = narrator();
  let load: Load | undefined;
  try {
    const [platform, stack] = await prepare(say);
    load = startLoad({ url: platform.gatewayUrl, host: `${SERVICE}.localhost`, ratePerSecond: rate });
    say.step(`${rate} requests a second go to http://${SERVICE}.localhost through the mesh, from now to the end`);

    const outcomes: Outcome[] = [];
    for (const release of [FIRST, ...ROLLOUTS]) outcomes.push(await rollOut(release, stack, load, say));

    const unexpected = outcomes.flatMap(surprises);
    say.result(resultTable(outcomes), unexpected);
    if (keep) say.next(whatNext(platform));
    return unexpected.length === 0;
  } finally {
    await load?.stop();
    if (!keep) {
      await reset(paths.platform);
      await forgetLocalStack();
      say.step("stopped everything that was started");
    }
  }
}

/** Tools, images, the platform and an empty stack, as far as possible at the same time. */
async function prepare(say: ReturnType<typeof narrator>): Promise<[PlatformState, LocalStack]> {
  const [platform, environment] = await Promise.all([
    up({ stateDir: paths.platform, images: paths.images, onProgress: say.progress }),
    pulumiEnvironment(say.progress),
    buildImages(),
  ]);
  await selectLocalStack(environment);
  say.step(`the platform is up: API server ${platform.apiServer}, Prometheus ${platform.prometheusUrl}, gateway ${platform.gatewayUrl}`);
  const configFile = join(paths.backend, "demo.yaml");
  await copyFile(join(paths.checkout, "stacks", "Pulumi.local.yaml"), configFile);
  return [platform, localStack({ environment, configFile, onGateLine: say.progress })];
}

/** One app, four images: the faults are in the environment of the bad ones. */
async function buildImages(): Promise<void> {
  const store = openImageStore(paths.images);
  for (const { tag, faults } of [FIRST, ...ROLLOUTS]) {
    await buildImage(store, { app: join(paths.checkout, "apps", SERVICE), tag, env: faults, force: true });
  }
}

async function rollOut(release: Release, stack: LocalStack, load: Load, say: ReturnType<typeof narrator>): Promise<Outcome> {
  say.release(release, SERVICE);
  const start = load.mark();
  await stack.setTag(SERVICE, release.tag);
  const { succeeded, output } = await stack.up();
  const record = await stack.recordOf(SERVICE);
  if (record === undefined || !record.image.endsWith(`:${release.tag}`))
    throw new CommandError(`pulumi up did not get as far as a verdict:\n${output}`);
  if (succeeded !== (record.verdict === "promoted"))
    throw new CommandError(`pulumi up ${succeeded ? "succeeded" : "failed"}, but the verdict is "${record.verdict}":\n${output}`);
  const outcome = outcomeOf(release, record, load.since(start));
  say.verdict(outcome);
  return outcome;
}
