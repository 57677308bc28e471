import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type RuleOptions, sloRules } from "../charts/slo/rules/index.ts";
import { choosePorts } from "../embedded/platform/ports.ts";
import { ensureTools } from "../embedded/toolchain/index.ts";
import type { Benchmark } from "./benchmark.ts";
import { startPrometheus } from "./slo/prometheus.ts";
import { HISTORY_DAYS, SERIES_A_SERVICE, serveCounters, slosOf, writeHistory } from "./slo/traffic.ts";
import { spread } from "./statistics.ts";

const SIZES = [1, 100, 1000];
const FORMS = ["exact", "sloth"] as const;

/** Until every group of 30 and 60 seconds has been evaluated. */
const WARM_SECONDS = 60;
const MEASURED_SECONDS = 60;

/** What the rules of SLOs cost a Prometheus, in both forms. */
export const sloRulesCost: Benchmark = {
  title: "SLO rules",
  how: `Rules of 99.9 % over 30 days, evaluated every 30 s by a real Prometheus. Each SLO counts ${SERIES_A_SERVICE} series, scraped every 15 s, with ${HISTORY_DAYS} days of history at a sample a minute; the records have no history, so the 30 days' window costs next to nothing in either form. Form sloth is Sloth v0.16's rules. Processor and evaluation seconds are those of a minute; evaluations that wait for each other count that time, too.`,
  head: ["SLOs", "form", "rules an SLO", "series written an SLO", "processor, s/min", "evaluation, s/min", "evaluations missed"],
  async run({ runs, say }) {
    const folder = await mkdtemp(join(tmpdir(), "sluice-slo-rules-"));
    const tools = await ensureTools(["prometheus", "promtool"]);
    const ports = await choosePorts(["prometheus", "counters"], {});
    const counters = await serveCounters(ports.counters);
    try {
      await writeHistory(tools.promtool, folder, Math.floor(Date.now() / 1000));
      const rows = [];
      for (const size of SIZES) {
        for (const form of FORMS) {
          const place = { program: tools.prometheus, folder, port: ports.prometheus, targetPort: ports.counters };
          const { rules, series, minutes } = await measure(place, size, form, runs);
          const of = (figure: keyof Minute, digits = 2) =>
            spread(
              minutes.map((minute) => minute[figure]),
              digits,
            );
          rows.push([size, form, rules / size, series / size, of("processor"), of("evaluation"), of("missed", 0)]);
          say(`${size} SLOs, ${form}: ${JSON.stringify({ rules, series, minutes })}`);
        }
      }
      return rows;
    } finally {
      counters.close();
      counters.closeAllConnections();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** What Prometheus did within a minute. */
interface Minute {
  /** Processor seconds, scraping included. */
  readonly processor: number;
  /** Seconds that evaluations took, added up; those that wait for each other, or for a processor, count that too. */
  readonly evaluation: number;
  /** Evaluations that were left out because the one before was not done yet. */
  readonly missed: number;
}

interface Measured {
  readonly rules: number;
  /** Every record of an SLO that is not split by labels is one series; alerts add two each while they fire. */
  readonly series: number;
  readonly minutes: readonly Minute[];
}

async function measure(
  place: Omit<Parameters<typeof startPrometheus>[0], "groups">,
  size: number,
  form: NonNullable<RuleOptions["form"]>,
  runs: number,
): Promise<Measured> {
  const groups = sloRules(slosOf(size), { form });
  const prometheus = await startPrometheus({ ...place, groups });
  try {
    const now = async (): Promise<Minute> => ({
      processor: await prometheus.own("process_cpu_seconds_total"),
      evaluation: await prometheus.own("prometheus_rule_evaluation_duration_seconds_sum"),
      missed: await prometheus.own("prometheus_rule_group_iterations_missed_total"),
    });
    await sleep(WARM_SECONDS * 1000);
    const minutes: Minute[] = [];
    for (let before = await now(); minutes.length < runs; ) {
      await sleep(MEASURED_SECONDS * 1000);
      const after = await now();
      minutes.push({
        processor: after.processor - before.processor,
        evaluation: after.evaluation - before.evaluation,
        missed: after.missed - before.missed,
      });
      before = after;
    }
    const rules = groups.flatMap((group) => group.rules);
    return { rules: rules.length, series: rules.filter((rule) => "record" in rule).length, minutes };
  } finally {
    await prometheus.stop();
  }
}
