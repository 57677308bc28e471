import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RuleGroup, sloRules } from "../charts/slo/rules/index.ts";
import type { Slo } from "../charts/slo/slo.ts";
import { choosePorts } from "../embedded/platform/ports.ts";
import { ensureTools } from "../embedded/toolchain/index.ts";
import type { Benchmark, RunOptions } from "./benchmark.ts";
import { costOf, type Minute } from "./slo/cost.ts";
import { groupsBySloth } from "./slo/slothItself.ts";
import { HISTORY_DAYS, SERIES_A_SERVICE, serveCounters, slosOf, writeHistory } from "./slo/traffic.ts";
import { spread } from "./statistics.ts";

const SIZES = [1, 100, 1000];

/** What the rules of SLOs cost a Prometheus: both forms of ours, and what Sloth itself writes. */
export const sloRulesCost: Benchmark = {
  title: "SLO rules",
  how: `Rules of 99.9 % over 30 days, evaluated every 30 s by a real Prometheus: our form exact, our form sloth, and what the command of Sloth v0.16 writes for the same SLOs and queries. Each SLO counts ${SERIES_A_SERVICE} series, scraped every 15 s, with ${HISTORY_DAYS} days of history at a sample a minute; the records have no history, so the 30 days' window costs next to nothing in any form. Each run starts a Prometheus, lets it work for half a minute, and takes the processor and evaluation seconds of the minute after that; evaluations that wait for each other count that time, too. One run each, so that all of it takes a quarter of an hour.`,
  head: ["SLOs", "form", "rules an SLO", "series written an SLO", "processor, s/min", "evaluation, s/min", "evaluations missed"],
  mostRuns: 1,
  run: (options) => costOfRules(SIZES, options),
};

type Row = readonly (string | number)[];

/** A row for each size and form. */
export async function costOfRules(sizes: readonly number[], { runs, say }: RunOptions): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-slo-rules-"));
  const tools = await ensureTools(["prometheus", "promtool", "sloth"]);
  const ports = await choosePorts(["prometheus", "counters"], {});
  const counters = await serveCounters(ports.counters);
  const place = { program: tools.prometheus, folder, port: ports.prometheus, targetPort: ports.counters };
  const forms: Readonly<Record<string, (slos: readonly Slo[]) => Promise<readonly RuleGroup[]> | readonly RuleGroup[]>> = {
    exact: (slos) => sloRules(slos),
    sloth: (slos) => sloRules(slos, { form: "sloth" }),
    "Sloth v0.16": (slos) => groupsBySloth(tools.sloth, folder, slos),
  };
  try {
    await writeHistory(tools.promtool, folder, Math.floor(Date.now() / 1000));
    const rows: Row[] = [];
    for (const size of sizes) {
      for (const [form, groupsOf] of Object.entries(forms)) {
        const { rules, series, minutes } = await costOf({ ...place, groups: await groupsOf(slosOf(size)) }, runs);
        rows.push([size, form, rules / size, series / size, ...figures(minutes)]);
        say(`${size} SLOs, ${form}: ${JSON.stringify({ rules, series, minutes })}`);
      }
    }
    return rows;
  } finally {
    counters.close();
    counters.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  }
}

function figures(minutes: readonly Minute[]): readonly string[] {
  const of = (figure: keyof Minute, digits: number) =>
    spread(
      minutes.map((minute) => minute[figure]),
      digits,
    );
  return [of("processor", 2), of("evaluation", 2), of("missed", 0)];
}
