import { paths } from "../cli/paths.ts";
import { down, reset, up } from "../embedded/platform/index.ts";
import { type Benchmark, seconds } from "./benchmark.ts";
import { spread } from "./statistics.ts";

/** How long `sluice local up` takes when the tools are there. */
export const platformStart: Benchmark = {
  title: "Embedded platform: start",
  how: "`sluice local up`, tools cached, until every part is ready; `down` before each. New: without state. Again: with the state of the run before.",
  head: ["start", "seconds"],
  async run({ runs, say }) {
    const fresh: number[] = [];
    const again: number[] = [];
    const start = () => up({ stateDir: paths.platform, images: paths.images, detached: false, onProgress: () => undefined });
    for (let run = 1; run <= runs; run++) {
      fresh.push(await seconds(start));
      await down(paths.platform);
      again.push(await seconds(start));
      await reset(paths.platform);
      say(`start, run ${run} of ${runs}: new ${fresh.at(-1)?.toFixed(1)} s, again ${again.at(-1)?.toFixed(1)} s`);
    }
    return [
      ["new", spread(fresh)],
      ["again", spread(again)],
    ];
  },
};
