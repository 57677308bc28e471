// The rollouts' controller, and what waits for the gate.
import * as units from "@grafana/grafana-foundation-sdk/units";
import { type PanelBuilder, stat, timeSeries } from "../kinds/index.ts";
import * as queries from "../queries/platform.ts";

export function waiting(): PanelBuilder {
  return stat({
    title: "Waiting for the gate",
    description:
      "Rollouts that stand at a step until the gate has enough evidence. One that stands there for long has no gate any more, or no traffic.",
    unit: units.Short,
    query: { expr: queries.WAITING, legend: "waiting" },
  });
}

export function phases(): PanelBuilder {
  return timeSeries({
    title: "Rollouts by phase",
    description: "Rollouts in each phase. Paused: they wait for the gate. Abort: they were rolled back, and nothing newer came.",
    unit: units.Short,
    stacked: true,
    queries: [{ expr: queries.ROLLOUTS_BY_PHASE, legend: "{{phase}}" }],
  });
}

export function analyses(): PanelBuilder {
  return timeSeries({
    title: "Analyses in the cluster",
    description: "AnalysisRuns in each phase: the safety net behind the gate.",
    unit: units.Short,
    stacked: true,
    queries: [{ expr: queries.ANALYSES_BY_PHASE, legend: "{{phase}}" }],
  });
}

export function reconcileTime(): PanelBuilder {
  return timeSeries({
    title: "Controller: time for a rollout",
    description:
      "Time in which the rollouts' controller went through 95 of 100 rollouts. As long a decision of the gate waits for its weight.",
    unit: units.Seconds,
    queries: [{ expr: queries.RECONCILE_TIME, legend: "p95" }],
  });
}

export function reconcileErrors(): PanelBuilder {
  return timeSeries({
    title: "Controller: errors",
    description: "Errors a second of the rollouts' controller, by rollout.",
    unit: units.OpsPerSecond,
    queries: [{ expr: queries.RECONCILE_ERRORS, legend: "{{namespace}} {{name}}" }],
  });
}

export function queue(): PanelBuilder {
  return timeSeries({
    title: "Controller: queue",
    description: "Objects that wait for the rollouts' controller. A queue that grows is a controller that does not keep up.",
    unit: units.Short,
    queries: [{ expr: queries.QUEUE, legend: "{{name}}" }],
  });
}

export function apiCalls(): PanelBuilder {
  return timeSeries({
    title: "Controller: calls to the API server",
    description: "Calls a second by their status code. Many 409: somebody else writes the same objects. Any 403: a right is missing.",
    unit: units.RequestsPerSecond,
    queries: [{ expr: queries.API_CALLS, legend: "{{status_code}}" }],
  });
}
