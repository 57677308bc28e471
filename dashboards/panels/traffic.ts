// What users of a service see, as the mesh counts it.
import * as units from "@grafana/grafana-foundation-sdk/units";
import { type PanelBuilder, stat, table, timeSeries } from "../kinds/index.ts";
import { WEIGHT } from "../queries/gate.ts";
import * as mesh from "../queries/mesh.ts";

const SIDE = "destination_service_name";

/** Canary and stable have the same colours wherever they meet. */
const SIDES = { "-canary": "orange", "-stable": "blue" } as const;

export function weight(): PanelBuilder {
  return stat({
    title: "Canary's share",
    description:
      "Share of the service's requests that go to the canary: the weight, as the traffic shows it. 0 while no rollout is under way.",
    unit: units.PercentUnit,
    query: { expr: mesh.CANARY_SHARE, legend: "canary" },
  });
}

export function weightOverTime(): PanelBuilder {
  return timeSeries({
    title: "Weight",
    description:
      "Share of the service's requests that go to the canary, and the weight that the gate judges. Each stair is a step of the rollout; back to 0 it is promoted or rolled back.",
    unit: units.PercentUnit,
    span: 12,
    max: 1,
    queries: [
      { expr: mesh.CANARY_SHARE, legend: "canary" },
      { expr: WEIGHT, legend: "weight" },
    ],
    colours: { canary: "orange", weight: "text" },
  });
}

export function requestRate(): PanelBuilder {
  return timeSeries({
    title: "Requests",
    description: "Requests a second to each side of the service, whatever became of them.",
    unit: units.RequestsPerSecond,
    span: 12,
    queries: [{ expr: mesh.requestRate(SIDE), legend: `{{${SIDE}}}` }],
    colours: SIDES,
  });
}

export function errorShare(): PanelBuilder {
  return timeSeries({
    title: "Errors",
    description:
      "Share of each side's requests that were answered with 5xx. The gate compares the canary's with stable's and with its limit.",
    unit: units.PercentUnit,
    span: 12,
    max: 1,
    queries: [{ expr: mesh.errorShare(SIDE), legend: `{{${SIDE}}}` }],
    colours: SIDES,
  });
}

/** @param percent such as 95 */
export function latency(percent: 50 | 95 | 99): PanelBuilder {
  return timeSeries({
    title: `Latency p${percent}`,
    description: `Time in which ${percent} of 100 requests to each side were answered, as the reporter saw it. Between the bounds of two buckets it is estimated.`,
    unit: units.Milliseconds,
    queries: [{ expr: mesh.latency(percent / 100, SIDE), legend: `{{${SIDE}}}` }],
    colours: SIDES,
  });
}

export function codes(): PanelBuilder {
  return timeSeries({
    title: "Answers by code",
    description: "Requests a second by the status code of their answer. 0: the caller was gone before there was one.",
    unit: units.RequestsPerSecond,
    span: 12,
    stacked: true,
    queries: [{ expr: mesh.requestRate("response_code"), legend: "{{response_code}}" }],
  });
}

/** The evidence that there is, in numbers. */
export function sidesCompared(): PanelBuilder {
  return table({
    title: "Canary and stable in this range",
    description:
      "What each side was asked and how it answered from the range's beginning to its end. Few requests are little evidence, whatever their share of errors.",
    span: 24,
    height: 5,
    keys: { [SIDE]: "Side" },
    columns: [
      { title: "Requests", expr: `round(${mesh.REQUESTS_IN_RANGE})`, unit: units.Short },
      { title: "Answered with 5xx", expr: `round(${mesh.ERRORS_IN_RANGE})`, unit: units.Short },
      { title: "Share", expr: `${mesh.ERRORS_IN_RANGE} / (${mesh.REQUESTS_IN_RANGE} > 0)`, unit: units.PercentUnit },
    ],
  });
}
