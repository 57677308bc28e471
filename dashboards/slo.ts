import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import * as units from "@grafana/grafana-foundation-sdk/units";
import * as annotations from "./annotations.ts";
import { board } from "./board.ts";
import { type PanelBuilder, stat, type Threshold, table, timeSeries } from "./kinds/index.ts";
import { BURN, badShares, budgetLeft, budgetLeftNow, fastestBurn, LEFT } from "./panels/slo.ts";
import { NONE_IS_GOOD } from "./panels/thresholds.ts";
import * as slo from "./queries/slo.ts";
import * as variables from "./variables.ts";

/** What every service promises, and which promises are in danger. */
export function slos(): Dashboard {
  return board({
    name: "slo",
    title: "SLO",
    description: "Every service level objective: how much of its budget is left, how fast it goes, and when it is gone.",
    range: "24h",
    variables: [variables.datasource(), variables.sloServices()],
    annotations: [annotations.alerts()],
    rows: [
      { title: "Now", panels: [stated(), exhausted(), silent(), firing(), budgetLeftNow(), fastestBurn()] },
      { title: "Every objective", panels: [objectives()] },
      { title: "Over time", panels: [budgetLeft(), burnInAnHour(), badShares(), exhaustion()] },
    ],
  });
}

function stated(): PanelBuilder {
  return stat({
    title: "Stated",
    description: "How many SLOs the chosen services have.",
    unit: units.Short,
    query: { expr: slo.SLOS, legend: "SLOs" },
    noValue: "0",
  });
}

function exhausted(): PanelBuilder {
  return stat({
    title: "Out of budget",
    description: "SLOs that are breached: more events were bad than their objective allows.",
    unit: units.Short,
    query: { expr: slo.EXHAUSTED_SLOS, legend: "SLOs" },
    thresholds: NONE_IS_GOOD,
  });
}

function silent(): PanelBuilder {
  return stat({
    title: "Without data",
    description:
      "SLOs of which nothing was measured in the last hour: either nobody used the service or nobody counted. Nothing is known of them, which is not the same as good.",
    unit: units.Short,
    query: { expr: slo.SILENT_SLOS, legend: "SLOs" },
    thresholds: [
      [0, "green"],
      [1, "yellow"],
    ],
  });
}

function firing(): PanelBuilder {
  return stat({
    title: "Alerts",
    description: "Alerts of SLOs that fire.",
    unit: units.Short,
    query: { expr: `count(${slo.FIRING}) or 0 * ${slo.SLOS}`, legend: "alerts" },
    thresholds: NONE_IS_GOOD,
  });
}

function objectives(): PanelBuilder {
  return table({
    title: "Objectives",
    description:
      "One line for each SLO. Burn rate: how many times as fast as planned the budget goes. Gone in: when nothing is left of it, at the burn rate of the last hour; empty while nothing burns.",
    span: 24,
    height: 8,
    keys: { sloth_service: "Service", sloth_slo: "SLO" },
    columns: [
      { title: "Objective", expr: slo.OBJECTIVE, unit: units.PercentUnit },
      { title: "Budget left", expr: slo.BUDGET_LEFT, unit: units.PercentUnit, thresholds: LEFT },
      { title: "Burn 5m", expr: slo.burnRate("5m"), unit: units.NoUnit, thresholds: BURN },
      { title: "Burn 1h", expr: slo.burnRate("1h"), unit: units.NoUnit, thresholds: BURN },
      { title: "Burn 6h", expr: slo.burnRate("6h"), unit: units.NoUnit, thresholds: BURN },
      { title: "Burn 3d", expr: slo.burnRate("3d"), unit: units.NoUnit, thresholds: BURN },
      { title: "Gone in", expr: slo.EXHAUSTED_IN, unit: units.Seconds, thresholds: SOON },
    ],
  });
}

const DAY = 86_400;

/** Within an hour it is too late to do much, within a day somebody has to begin, within three days somebody has to plan. */
const SOON: readonly Threshold[] = [
  [0, "red"],
  [DAY / 24, "orange"],
  [DAY, "yellow"],
  [3 * DAY, "green"],
];

function burnInAnHour(): PanelBuilder {
  return timeSeries({
    title: "Burn rate, 1 h",
    description: "How many times as fast as planned each SLO spent its budget in the hour before. From 14.4 on somebody is woken.",
    unit: units.NoUnit,
    span: 12,
    queries: [{ expr: slo.burnRate("1h"), legend: "{{sloth_service}} {{sloth_slo}}" }],
    thresholds: BURN,
  });
}

function exhaustion(): PanelBuilder {
  return timeSeries({
    title: "Budget gone in",
    description: "Time until each SLO's budget is gone at the burn rate of the last hour. No line while nothing burns.",
    unit: units.Seconds,
    span: 12,
    queries: [{ expr: slo.EXHAUSTED_IN, legend: "{{sloth_service}} {{sloth_slo}}" }],
    thresholds: SOON,
  });
}
