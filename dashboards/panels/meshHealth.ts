// The proxies and who configures them.
import * as units from "@grafana/grafana-foundation-sdk/units";
import { type PanelBuilder, stat, timeSeries } from "../kinds/index.ts";
import * as queries from "../queries/platform.ts";
import { NONE_IS_GOOD } from "./thresholds.ts";

export function refusedNow(): PanelBuilder {
  return stat({
    title: "Refused configuration",
    description: "Configuration that proxies refused in this range. They go on with what they had, so a weight may not be in force.",
    unit: units.Short,
    query: { expr: queries.REFUSED_IN_RANGE, legend: "refused" },
    thresholds: NONE_IS_GOOD,
  });
}

export function refused(): PanelBuilder {
  return timeSeries({
    title: "Refused configuration over time",
    description: "Pieces of configuration a second that proxies refused, as istiod counts them; on the embedded platform as Envoy does.",
    unit: units.OpsPerSecond,
    queries: [
      { expr: queries.REFUSED_BY_PROXIES, legend: "{{type}}" },
      { expr: queries.REFUSED_BY_ENVOY, legend: "envoy" },
    ],
  });
}

export function pushes(): PanelBuilder {
  return timeSeries({
    title: "Pushes",
    description: "Pieces of configuration a second that istiod sends to proxies, by type. Types that end in senderr did not arrive.",
    unit: units.OpsPerSecond,
    queries: [{ expr: queries.PUSHES, legend: "{{type}}" }],
  });
}

export function convergence(): PanelBuilder {
  return timeSeries({
    title: "Until a change is in force",
    description: "Time in which 99 of 100 proxies have a change of configuration. As long a new weight is not everywhere.",
    unit: units.Seconds,
    queries: [{ expr: queries.CONVERGENCE, legend: "p99" }],
    thresholds: [
      [0, "green"],
      [5, "yellow"],
      [30, "red"],
    ],
  });
}
