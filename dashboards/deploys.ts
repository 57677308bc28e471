import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import * as units from "@grafana/grafana-foundation-sdk/units";
import * as annotations from "./annotations.ts";
import { board } from "./board.ts";
import { bars, type PanelBuilder, stat, type Threshold, table } from "./kinds/index.ts";
import { verdictsByReason, verdictsByService } from "./panels/gate.ts";
import { phases } from "./panels/rollout.ts";
import { eventsInRange, FAILURES, secondsIn } from "./queries/rollouts.ts";
import * as variables from "./variables.ts";

/** How often, how fast and how well is deployed: what DORA asks, over all services. */
export function deploys(): Dashboard {
  return board({
    name: "deploys",
    title: "Deploys",
    description: "Rollouts of all services: how many, how they ended, how long they took, and how long it took until all was well again.",
    range: "7d",
    variables: [variables.datasource(), variables.namespaces("label_values(rollout_info, namespace)"), variables.rollouts()],
    annotations: [annotations.failures()],
    rows: [
      { title: "In this range", panels: [started(), succeeded(), failed(), failureRate(), duration(), timeToRestore()] },
      { title: "Rollouts", panels: [phases(), byService(), byReason()] },
      { title: "Gate", panels: [verdictsByService(), verdictsByReason()] },
    ],
  });
}

const STARTED = "RolloutUpdated";
const SUCCEEDED = "RolloutCompleted";
const ABORTED = "RolloutAborted";
const UNDER_WAY = "Progressing|Paused";
const BROKEN = "Abort|Timeout|Error|InvalidSpec";

/** Share of the rollouts that ended and were aborted. */
function failureShare(...by: readonly string[]): string {
  const ended = eventsInRange(`${SUCCEEDED}|${ABORTED}`, ...by);
  return `(${eventsInRange(ABORTED, ...by)} or 0 * ${ended}) / (${ended} > 0)`;
}

function meanDuration(...by: readonly string[]): string {
  return `${secondsIn(UNDER_WAY, ...by)} / (${eventsInRange(STARTED, ...by)} > 0)`;
}

/** Elite teams stay below 5 %, most below 15 (DORA, 2024). */
const FAILURE_RATE: readonly Threshold[] = [
  [0, "green"],
  [0.05, "yellow"],
  [0.15, "red"],
];

function started(): PanelBuilder {
  return counted("Started", "Rollouts that were started: each change of a pod template, the way back included.", STARTED);
}

function succeeded(): PanelBuilder {
  return counted("Promoted", "Rollouts whose new revision got all traffic.", SUCCEEDED);
}

function failed(): PanelBuilder {
  return counted("Rolled back", "Rollouts that were aborted, by the gate, by the analysis in the cluster, or by hand.", ABORTED);
}

function counted(title: string, description: string, event: string): PanelBuilder {
  const query = { expr: eventsInRange(event), legend: title.toLowerCase() };
  return stat({ title, description, unit: units.Short, query, noValue: "0" });
}

function failureRate(): PanelBuilder {
  return stat({
    title: "Change failure rate",
    description: "Share of ended rollouts that were rolled back. A rollback at the first step harms few; it counts all the same.",
    unit: units.PercentUnit,
    query: { expr: failureShare(), legend: "failed" },
    thresholds: FAILURE_RATE,
  });
}

function duration(): PanelBuilder {
  return stat({
    title: "Duration",
    description: "Mean time that a rollout was under way, in progress or waiting for the gate.",
    unit: units.Seconds,
    query: { expr: meanDuration(), legend: "mean" },
  });
}

function timeToRestore(): PanelBuilder {
  return stat({
    title: "Time to restore",
    description:
      "Mean time from a rollback until what is wanted and what runs were the same again. Users were served by the old revision meanwhile.",
    unit: units.Seconds,
    query: { expr: `${secondsIn(BROKEN)} / (${eventsInRange(ABORTED)} > 0)`, legend: "mean" },
    thresholds: [
      [0, "green"],
      [3600, "yellow"],
      [86_400, "red"],
    ],
  });
}

function byService(): PanelBuilder {
  const by = ["namespace", "name"];
  return table({
    title: "By service",
    description: "Rollouts of each service in this range.",
    span: 16,
    keys: { namespace: "Namespace", name: "Service" },
    columns: [
      { title: "Started", expr: eventsInRange(STARTED, ...by), unit: units.Short },
      { title: "Promoted", expr: eventsInRange(SUCCEEDED, ...by), unit: units.Short },
      { title: "Rolled back", expr: eventsInRange(ABORTED, ...by), unit: units.Short },
      { title: "Failure rate", expr: failureShare(...by), unit: units.PercentUnit, thresholds: FAILURE_RATE },
      { title: "Mean duration", expr: meanDuration(...by), unit: units.Seconds },
    ],
  });
}

function byReason(): PanelBuilder {
  return bars({
    title: "Failures by reason",
    description:
      "What went wrong, by the reason that the rollout's controller gave. One rollout can have several: an analysis failed, therefore it was aborted.",
    unit: units.Short,
    query: { expr: eventsInRange(FAILURES, "reason"), legend: "{{reason}}" },
  });
}
