// `npm run demo`: a platform, a service, a good rollout and two bad ones, on real traffic, judged by what really happened.
import { existsSync } from "node:fs";
import { withEnd } from "../ending.ts";
import { CommandError } from "../errors.ts";
import { type Load, startLoad } from "../load/index.ts";
import { paths } from "../paths.ts";
import { interruptPulumi, resetLocalStack } from "../pulumi/index.ts";
import { narrator } from "./narrator.ts";
import { type Outcome, surprises } from "./outcome.ts";
import { FIRST, ROLLOUTS, SERVICE } from "./releases.ts";
import { resultTable, whatNext } from "./report.ts";
import { rollOut } from "./rollOut.ts";
import { setUp } from "./stage.ts";

export interface DemoOptions {
  /** Leave the platform and the service running. */
  readonly keep: boolean;
  /** Requests a second. */
  readonly rate: number;
}

/**
 * Runs the demo and returns whether every rollout ended as it should have. Ctrl-C ends it as its own end would: with nothing left running.
 * @throws CommandError when there is a platform already: the demo would be judged on what others left there
 */
export async function runDemo({ keep, rate }: DemoOptions): Promise<boolean> {
  if (existsSync(paths.platform))
    throw new CommandError(
      `there is a platform in ${paths.platform} already, and the demo wants a new one.\nTo remove it, services and all: npx sluice local reset`,
    );
  const releases = [FIRST, ...ROLLOUTS];
  const say = narrator();
  let load: Load | undefined;

  async function play(): Promise<boolean> {
    const { platform, stack } = await setUp(releases, { onProgress: say.detail, onGateLine: say.detail, keep });
    load = startLoad({ url: platform.gatewayUrl, host: `${SERVICE}.localhost`, ratePerSecond: rate });
    say.step(`the platform is up; from now on ${rate} requests a second go to http://${SERVICE}.localhost through the mesh`);

    const outcomes: Outcome[] = [];
    for (const release of releases) {
      say.release(release);
      const outcome = await rollOut(release, stack, load);
      say.verdict(outcome);
      outcomes.push(outcome);
    }

    const unexpected = outcomes.flatMap(surprises);
    say.result(resultTable(outcomes), unexpected);
    if (keep) say.next(whatNext(platform));
    return unexpected.length === 0;
  }

  return withEnd(play, async () => {
    await interruptPulumi();
    await load?.stop();
    if (keep) return;
    await resetLocalStack();
    say.step("stopped everything that was started");
  });
}
