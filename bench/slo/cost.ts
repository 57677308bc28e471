// What rules cost a Prometheus within a minute.
import { setTimeout as sleep } from "node:timers/promises";
import { type Start, startPrometheus } from "./prometheus.ts";

/** Until the first groups have been evaluated. A group of a minute begins anywhere in its first minute: in any minute after that it is evaluated once. */
const WARM_SECONDS = 30;
export const MEASURED_SECONDS = 60;

export interface Cost {
  readonly rules: number;
  /** Every record of an SLO that is not split by labels is one series; alerts add two each while they fire. */
  readonly series: number;
  readonly minutes: readonly Minute[];
}

export interface Minute {
  /** Processor seconds, scraping included. */
  readonly processor: number;
  /** Seconds that evaluations took, added up; those that wait for each other, or for a processor, count that too. */
  readonly evaluation: number;
  /** Evaluations that were left out because the one before was not done yet. */
  readonly missed: number;
}

/** Starts a Prometheus with these rules, and looks at it for so many minutes. */
export async function costOf(start: Start, minutes: number): Promise<Cost> {
  const prometheus = await startPrometheus(start);
  try {
    const now = async (): Promise<Minute> => ({
      processor: await prometheus.own("process_cpu_seconds_total"),
      evaluation: await prometheus.own("prometheus_rule_evaluation_duration_seconds_sum"),
      missed: await prometheus.own("prometheus_rule_group_iterations_missed_total"),
    });
    await sleep(WARM_SECONDS * 1000);
    const measured: Minute[] = [];
    for (let before = await now(); measured.length < minutes; ) {
      await sleep(MEASURED_SECONDS * 1000);
      const after = await now();
      measured.push({
        processor: after.processor - before.processor,
        evaluation: after.evaluation - before.evaluation,
        missed: after.missed - before.missed,
      });
      before = after;
    }
    const rules = start.groups.flatMap((group) => group.rules);
    return { rules: rules.length, series: rules.filter((rule) => "record" in rule).length, minutes: measured };
  } finally {
    await prometheus.stop();
  }
}
