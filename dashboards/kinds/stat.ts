import { BigValueColorMode, BigValueGraphMode, BigValueTextMode, ReduceDataOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import { PanelBuilder as StatPanel } from "@grafana/grafana-foundation-sdk/stat";
import { described, type PanelBuilder, type PanelProps } from "./panel.ts";
import { type Query, rangeQueries } from "./query.ts";
import { mappingsOf, type State, thresholdsOf } from "./thresholds.ts";

export interface StatProps extends PanelProps {
  readonly query: Query;
  /** What single values mean, shown instead of the number. */
  readonly states?: readonly State[];
  /** Shown where there is no data, so that it is not taken for a good value. @default "no data" */
  readonly noValue?: string;
}

/** One number, the last one in the range, with its course behind it. */
export function stat(props: StatProps): PanelBuilder {
  const { query, states, thresholds, noValue = "no data" } = props;
  const panel = described(new StatPanel(), { height: 4, span: 4, ...props })
    .targets(rangeQueries([query]))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["last"]))
    .colorMode(thresholds === undefined && states === undefined ? BigValueColorMode.None : BigValueColorMode.Value)
    .graphMode(states === undefined ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .textMode(BigValueTextMode.Value)
    .noValue(noValue);
  if (states !== undefined) panel.mappings(mappingsOf(states));
  if (thresholds !== undefined) panel.thresholds(thresholdsOf(thresholds));
  return panel;
}
