import { PanelBuilder as TimelinePanel } from "@grafana/grafana-foundation-sdk/statetimeline";
import { described, type PanelBuilder, type PanelProps } from "./panel.ts";
import { type Query, rangeQueries } from "./query.ts";
import { mappingsOf, type State } from "./thresholds.ts";

export interface TimelineProps extends Omit<PanelProps, "thresholds" | "unit"> {
  readonly queries: readonly Query[];
  readonly states: readonly State[];
}

/** A bar for each series, in the colours of the states it went through. */
export function timeline(props: TimelineProps): PanelBuilder {
  return described(new TimelinePanel(), { unit: "short", ...props })
    .targets(rangeQueries(props.queries))
    .mappings(mappingsOf(props.states))
    .fillOpacity(80);
}
