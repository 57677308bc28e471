import type { Outcome } from "../cli/demo/outcome.ts";
import { FIRST, type Release, SERVICE } from "../cli/demo/releases.ts";
import { rollOut } from "../cli/demo/rollOut.ts";
import { buildImages, setUp } from "../cli/demo/stage.ts";
import { startLoad } from "../cli/load/index.ts";
import { resetLocalStack } from "../cli/pulumi/index.ts";
import type { Benchmark } from "./benchmark.ts";
import { spread } from "./statistics.ts";

type Kind = Pick<Release, "what" | "faults" | "expected">;

const HEALTHY: Kind = { what: "healthy", faults: {}, expected: "promoted" };
const ERRORS_5: Kind = { what: "5 % errors", faults: { ERROR_RATE: "0.05" }, expected: "rolled back" };
const ERRORS_1: Kind = { what: "1 % errors", faults: { ERROR_RATE: "0.01" }, expected: "rolled back" };
const SLOW_30: Kind = { what: "30 % slow", faults: { SLOW_RATE: "0.3", SLOW_MS: "400" }, expected: "rolled back" };

const HEAD = ["requests/s", "version", "as expected", "seconds", "failed requests", "slow requests", "failed on stable"];
const HOW =
  "Whole rollouts of apps/echo on the embedded platform with the stack's own plan (10/25/50 %, minStep 5 s, a look every second). Seconds: from the canary's first request to the verdict. Failed and slow (over 300 ms) are the canary's answers, counted by the load generator.";

/** The demo's faults at several rates of traffic. */
export const demoRollouts: Benchmark = rollouts("Rollouts at different traffic", [50, 200, 1000], [HEALTHY, ERRORS_5, SLOW_30]);

/** Speed of the gate at 200 requests a second, and whether it ever rolls a healthy version back. */
export const gateTrial: Benchmark = rollouts("The gate at 200 requests a second", [200], [HEALTHY, ERRORS_5, ERRORS_1]);

function rollouts(title: string, rates: readonly number[], kinds: readonly Kind[]): Benchmark {
  return {
    title,
    how: HOW,
    head: HEAD,
    async run({ runs, say }) {
      const rows = [];
      for (const rate of rates) {
        const outcomes = await atRate(rate, kinds, runs, say);
        rows.push(...kinds.map((kind) => [rate, ...row(kind, outcomes.get(kind) ?? [])]));
      }
      return rows;
    },
  };
}

async function atRate(rate: number, kinds: readonly Kind[], runs: number, say: (line: string) => void): Promise<Map<Kind, Outcome[]>> {
  const outcomes = new Map<Kind, Outcome[]>(kinds.map((kind) => [kind, []]));
  const quiet = () => undefined;
  const { platform, stack } = await setUp([FIRST], { onProgress: quiet, onGateLine: quiet });
  const load = startLoad({ url: platform.gatewayUrl, host: `${SERVICE}.localhost`, ratePerSecond: rate });
  try {
    await rollOut(FIRST, stack, load);
    for (let run = 1; run <= runs; run++) {
      for (const [index, kind] of kinds.entries()) {
        // A tag of its own for every run: a template that was judged once is not judged again.
        const release = { ...kind, tag: `2.${run}.${index}` };
        await buildImages([release]);
        const outcome = await rollOut(release, stack, load);
        outcomes.get(kind)?.push(outcome);
        const why = outcome.record.verdict === kind.expected ? "" : ` (${outcome.record.reason})`;
        say(
          `${rate}/s, ${kind.what}, run ${run} of ${runs}: ${outcome.record.verdict}${why} after ${outcome.seconds?.toFixed(1)} s, ${outcome.failed} failed, ${outcome.slow} slow, ${outcome.failedOnStable} failed on stable`,
        );
      }
    }
  } finally {
    await load.stop();
    await resetLocalStack();
  }
  return outcomes;
}

function row(kind: Kind, outcomes: readonly Outcome[]): (string | number)[] {
  const expected = outcomes.filter(({ record }) => record.verdict === kind.expected);
  return [
    kind.what,
    `${expected.length} of ${outcomes.length} ${kind.expected}`,
    spread(outcomes.flatMap(({ seconds }) => seconds ?? [])),
    spread(
      outcomes.map(({ failed }) => failed),
      0,
    ),
    spread(
      outcomes.map(({ slow }) => slow),
      0,
    ),
    outcomes.reduce((sum, { failedOnStable }) => sum + (failedOnStable ?? 0), 0),
  ];
}
