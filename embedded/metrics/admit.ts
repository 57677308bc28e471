import type { Problem } from "../standIn/index.ts";
import { jobsText } from "./config.ts";
import type { RuleFile } from "./rules.ts";
import type { ScrapeJob } from "./scrapeJobs.ts";
import type { Translation } from "./translate.ts";
import type { Verdicts } from "./verdicts.ts";

/** What Prometheus is given. */
export interface Admitted {
  readonly jobs: readonly ScrapeJob[];
  readonly rules: readonly RuleFile[];
  readonly problems: readonly Problem[];
}

export interface Judges {
  /** Judges monitors as jobsText writes them: without targets, which are no matter of the author's. */
  readonly jobs: Verdicts;
  readonly rules: Verdicts;
}

/** Keeps out the monitors and rule files that Prometheus would refuse, each for itself, and makes its reasons problems of the objects. */
export async function admit({ monitors, rules, problems }: Translation, judges: Judges): Promise<Admitted> {
  const judged = monitors.map((monitor) => ({ ...monitor, text: jobsText(monitor.jobs) }));
  const refusedMonitors = await judges.jobs.refused(judged.map(({ text }) => text));
  const refusedRules = await judges.rules.refused(rules.map(({ text }) => text));
  const refusals = [...withReason(judged, refusedMonitors), ...withReason(rules, refusedRules)];
  return {
    jobs: judged.filter(({ text }) => !refusedMonitors.has(text)).flatMap(({ jobs }) => jobs),
    rules: rules.filter(({ text }) => !refusedRules.has(text)),
    problems: [...problems, ...refusals],
  };
}

function withReason(
  items: readonly (Pick<Problem, "object"> & { readonly text: string })[],
  refused: ReadonlyMap<string, string>,
): readonly Problem[] {
  return items.flatMap(({ object, text }) => {
    const message = refused.get(text);
    return message === undefined ? [] : [{ object, reason: "Refused", message: `Prometheus refuses it: ${message}` }];
  });
}
