// How a service stands by what it promises.
import * as units from "@grafana/grafana-foundation-sdk/units";
import { type PanelBuilder, stat, type Threshold, timeSeries } from "../kinds/index.ts";
import * as slo from "../queries/slo.ts";

/** Factors of the burn-rate alerts for 30 days (SRE workbook, chapter 5): 1 and 3 make a ticket, 6 and 14.4 a page. */
export const BURN: readonly Threshold[] = [
  [0, "green"],
  [1, "yellow"],
  [6, "orange"],
  [14.4, "red"],
];

export const LEFT: readonly Threshold[] = [
  [0, "red"],
  [0.0001, "orange"],
  [0.25, "yellow"],
  [0.5, "green"],
];

export function budgetLeftNow(): PanelBuilder {
  return stat({
    title: "Budget left",
    description: "What is left of the error budget of the SLO that has least. Below 0 the SLO is breached.",
    unit: units.PercentUnit,
    query: { expr: `min(${slo.BUDGET_LEFT})`, legend: "left" },
    thresholds: LEFT,
  });
}

export function fastestBurn(): PanelBuilder {
  return stat({
    title: "Fastest burn",
    description:
      "Burn rate over the last hour of the SLO that burns fastest. At 1 the budget lasts just as long as the SLO's window, at 14.4 somebody is woken.",
    unit: units.NoUnit,
    query: { expr: `max(${slo.burnRate("1h")})`, legend: "1h" },
    thresholds: BURN,
  });
}

export function badShares(): PanelBuilder {
  return timeSeries({
    title: "Bad events, and how many may be",
    description: "Share of bad events of each SLO in five minutes, and beside it the share that the objective leaves for errors.",
    unit: units.PercentUnit,
    span: 12,
    max: 1,
    queries: [
      { expr: slo.badShare("5m"), legend: "{{sloth_service}} {{sloth_slo}}" },
      { expr: slo.BUDGET, legend: "{{sloth_service}} {{sloth_slo}} may be" },
    ],
    colours: { "may be": "red" },
  });
}

export function burnRates(): PanelBuilder {
  return timeSeries({
    title: "Burn rate by window",
    description:
      "How many times as fast as planned each SLO spends its budget. An alert fires when a long window and its short one (1h and 5m, 6h and 30m, 1d and 2h, 3d and 6h) are both above the pair's line. The lines are those for 30 days.",
    unit: units.NoUnit,
    span: 12,
    queries: slo.WINDOWS.map((window) => ({ expr: slo.burnRate(window), legend: `{{sloth_slo}} ${window}` })),
    thresholds: BURN,
  });
}

export function budgetLeft(): PanelBuilder {
  return timeSeries({
    title: "Budget left over time",
    description:
      "What is left of each SLO's error budget in its own window. A steep fall is an incident, a steady one a service that is not as good as promised.",
    unit: units.PercentUnit,
    span: 12,
    min: "data",
    max: 1,
    queries: [{ expr: slo.BUDGET_LEFT, legend: "{{sloth_service}} {{sloth_slo}}" }],
    thresholds: LEFT,
  });
}
