// Prometheus itself: what it does not see, no board shows.
import * as units from "@grafana/grafana-foundation-sdk/units";
import { type PanelBuilder, stat, timeSeries } from "../kinds/index.ts";
import * as queries from "../queries/platform.ts";
import { FULL, NONE_IS_GOOD } from "./thresholds.ts";

export function targetsDown(): PanelBuilder {
  return stat({
    title: "Targets down",
    description: "What Prometheus wants to scrape and does not reach. Everything it should tell is missing on all boards.",
    unit: units.Short,
    query: { expr: queries.TARGETS_DOWN, legend: "down" },
    thresholds: NONE_IS_GOOD,
  });
}

export function ruleFailures(): PanelBuilder {
  return stat({
    title: "Rule failures",
    description: "Evaluations of rules that failed in this range. An alert whose rule fails never fires.",
    unit: units.Short,
    query: { expr: queries.RULE_FAILURES, legend: "failures" },
    thresholds: NONE_IS_GOOD,
  });
}

export function series(): PanelBuilder {
  return timeSeries({
    title: "Series",
    description: "Series that Prometheus has in memory. Its memory grows with them.",
    unit: units.Short,
    queries: [{ expr: queries.SERIES, legend: "{{instance}}" }],
  });
}

export function samples(): PanelBuilder {
  return timeSeries({
    title: "Samples",
    description: "Samples a second that Prometheus takes in, its own rules' included.",
    unit: units.CountsPerSecond,
    queries: [{ expr: queries.SAMPLES, legend: "{{instance}}" }],
  });
}

export function ruleTime(): PanelBuilder {
  return timeSeries({
    title: "Slowest rule groups",
    description:
      "Share of its interval that the evaluation of a group of rules takes. Above 1 evaluations are left out, and alerts come late.",
    unit: units.PercentUnit,
    queries: [{ expr: queries.RULE_TIME, legend: "{{rule_group}}" }],
    thresholds: FULL,
  });
}
