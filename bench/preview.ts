import { FIRST, SERVICE } from "../cli/demo/releases.ts";
import { rollOut } from "../cli/demo/rollOut.ts";
import { setUp } from "../cli/demo/stage.ts";
import { startLoad } from "../cli/load/index.ts";
import { resetLocalStack } from "../cli/pulumi/index.ts";
import { type Benchmark, seconds } from "./benchmark.ts";
import { spread } from "./statistics.ts";
import { succeeding } from "./succeeding.ts";

/** What a pull request and an `up` without changes cost. */
export const preview: Benchmark = {
  title: "Stack local: preview and up without changes",
  how: "`pulumi preview` and `pulumi up --skip-preview` of stack local after its first deployment, with nothing changed, while 200 requests a second are served.",
  head: ["command", "seconds"],
  async run({ runs, say }) {
    const quiet = () => undefined;
    const { platform, stack } = await setUp([FIRST], { onProgress: quiet, onGateLine: quiet });
    const load = startLoad({ url: platform.gatewayUrl, host: `${SERVICE}.localhost`, ratePerSecond: 200 });
    const previews: number[] = [];
    const ups: number[] = [];
    try {
      await rollOut(FIRST, stack, load);
      for (let run = 1; run <= runs; run++) {
        previews.push(await seconds(() => succeeding(stack.preview)));
        ups.push(await seconds(() => succeeding(stack.up)));
        say(`preview and up, run ${run} of ${runs}: ${previews.at(-1)?.toFixed(1)} s, ${ups.at(-1)?.toFixed(1)} s`);
      }
    } finally {
      await load.stop();
      await resetLocalStack();
    }
    return [
      ["pulumi preview", spread(previews)],
      ["pulumi up", spread(ups)],
    ];
  },
};
