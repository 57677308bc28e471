// A rollout as its controller sees it.
import * as units from "@grafana/grafana-foundation-sdk/units";
import { type PanelBuilder, stat, timeline } from "../kinds/index.ts";
import { PHASE, PHASE_STATES } from "../queries/rollouts.ts";

export function phase(): PanelBuilder {
  return stat({
    title: "Rollout",
    description: "What the rollout's controller is at. It waits for the gate at each step.",
    unit: units.Short,
    query: { expr: PHASE, legend: "{{name}}" },
    states: PHASE_STATES,
  });
}

export function phases(): PanelBuilder {
  return timeline({
    title: "Rollouts over time",
    description: "Phase of each service's rollout: promoted, in progress, waiting for the gate at a step, rolled back or failed.",
    span: 24,
    queries: [{ expr: PHASE, legend: "{{namespace}} {{name}}" }],
    states: PHASE_STATES,
  });
}
