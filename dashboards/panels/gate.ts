// The gate as it tells of itself: where a rollout stands, what it has seen, what it decided.
import * as units from "@grafana/grafana-foundation-sdk/units";
import { bars, type PanelBuilder, stat, type Threshold, table, timeSeries } from "../kinds/index.ts";
import * as queries from "../queries/gate.ts";

const ENOUGH: readonly Threshold[] = [
  [0, "yellow"],
  [1, "green"],
];

const TOO_MUCH: readonly Threshold[] = [
  [0, "green"],
  [1, "red"],
];

export function verdict(): PanelBuilder {
  return stat({
    title: "Verdict",
    description: "What the gate is at, or the last verdict it gave in this range.",
    unit: units.Short,
    query: { expr: queries.VERDICT, legend: "verdict" },
    states: queries.VERDICT_STATES,
  });
}

export function step(): PanelBuilder {
  return stat({
    title: "Step",
    description: "The step that the rollout stands at, counted from 1, or stood at when its verdict was given.",
    unit: units.Short,
    query: { expr: queries.STEP, legend: "step" },
  });
}

export function timeLeft(): PanelBuilder {
  return stat({
    title: "Time left",
    description:
      "Time until the step's deadline. Without a verdict by then the rollout is rolled back, or held where its plan says so. 0 once there is a verdict.",
    unit: units.Seconds,
    query: { expr: queries.TIME_LEFT, legend: "left" },
  });
}

export function leastGood(): PanelBuilder {
  return stat({
    title: "Good enough?",
    description:
      "Evidence that the canary is good, of the SLI that has least of it. At 100 % the gate goes on, if nothing leans towards worse.",
    unit: units.PercentUnit,
    query: { expr: queries.LEAST_GOOD, legend: "good" },
    thresholds: ENOUGH,
  });
}

export function worseNow(): PanelBuilder {
  return stat({
    title: "Worse?",
    description: "Evidence that the canary is worse, of the whole rollout (E). At 100 % it is rolled back.",
    unit: units.PercentUnit,
    query: { expr: queries.WORSE, legend: "worse" },
    thresholds: TOO_MUCH,
  });
}

export function missed(): PanelBuilder {
  return stat({
    title: "Looks without evidence",
    description:
      "Looks in this range that saw nothing to judge: Prometheus was silent, an SLI was blind, or the canary's share of the traffic was not there yet. A few at each step are usual.",
    unit: units.Short,
    query: { expr: queries.MISSED_IN_RANGE, legend: "looks" },
  });
}

export function good(): PanelBuilder {
  return timeSeries({
    title: "Evidence that the canary is good",
    description:
      "How far the evidence of each SLI has come in this step, of what the gate needs to go on. It starts again at each step. Against stable where stable itself is over its limit.",
    unit: units.PercentUnit,
    span: 12,
    max: 1,
    queries: [{ expr: queries.GOOD, legend: "{{sli}} against {{against}}" }],
    thresholds: ENOUGH,
  });
}

export function worse(): PanelBuilder {
  return timeSeries({
    title: "Evidence that the canary is worse",
    description:
      "How far the evidence has come, of what rolls back. The rollout is judged by all of it together (E, the mean); the single lines show where it comes from.",
    unit: units.PercentUnit,
    span: 12,
    max: 1,
    queries: [
      { expr: queries.WORSE, legend: "together" },
      { expr: queries.WORSE_BY_SLI, legend: "{{sli}} against {{against}}" },
    ],
    colours: { together: "red" },
    thresholds: TOO_MUCH,
  });
}

export function counts(): PanelBuilder {
  return table({
    title: "What the gate counted",
    description:
      "Requests of both sides since the rollout began, those of them that are bad for the SLI, and the share that is not tolerated.",
    span: 24,
    height: 6,
    keys: { revision: "Revision", sli: "SLI", side: "Side" },
    columns: [
      { title: "Requests", expr: queries.REQUESTS, unit: units.Short },
      { title: "Bad", expr: queries.BAD_REQUESTS, unit: units.Short },
      { title: "Share", expr: queries.BAD_SHARE, unit: units.PercentUnit },
      { title: "Limit", expr: queries.LIMIT, unit: units.PercentUnit },
    ],
  });
}

export function verdictsByService(): PanelBuilder {
  const by = ["namespace", "service"];
  const column = (title: string, verdict: string) => ({
    ...{ title, unit: units.Short },
    expr: queries.verdictsInRange(by, `verdict="${verdict}"`),
  });
  return table({
    title: "Verdicts by service",
    description: "Verdicts of the gate in this range. Held: it stopped without one, and the rollout waits at its weight.",
    span: 16,
    keys: { namespace: "Namespace", service: "Service" },
    columns: [column("Promoted", "promoted"), column("Rolled back", "rolled back"), column("Held", "held")],
  });
}

export function verdictsByReason(): PanelBuilder {
  return bars({
    title: "Verdicts by reason",
    description:
      "Verdicts of the gate in this range, by what gave them: the SLI that was worse, evidence that all is good, or no evidence (a deadline, an abort by hand).",
    unit: units.Short,
    query: { expr: queries.verdictsInRange(["verdict", "by"]), legend: "{{verdict}}: {{by}}" },
  });
}

export function looks(): PanelBuilder {
  return timeSeries({
    title: "Gate: looks",
    description: "Looks a second that the gate judged, by service. Each rollout under way is looked at as often as its plan says.",
    unit: units.CountsPerSecond,
    queries: [{ expr: queries.LOOKS, legend: "{{namespace}} {{service}}" }],
  });
}

export function missedByReason(): PanelBuilder {
  return timeSeries({
    title: "Gate: looks without evidence",
    description:
      "Looks a second that saw nothing to judge. silent: Prometheus gave no answer; blind: an SLI could not be measured; no share: the canary's traffic was not seen yet.",
    unit: units.CountsPerSecond,
    stacked: true,
    queries: [{ expr: queries.MISSED, legend: "{{reason}}" }],
  });
}

export function verdictsOfAll(): PanelBuilder {
  return bars({
    title: "Gate: verdicts",
    description: "Verdicts of all services in this range, by what gave them.",
    unit: units.Short,
    query: { expr: queries.VERDICTS_OF_ALL, legend: "{{verdict}}: {{by}}" },
  });
}
