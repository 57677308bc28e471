import { PanelBuilder as BarGaugePanel } from "@grafana/grafana-foundation-sdk/bargauge";
import { BarGaugeDisplayMode, ReduceDataOptionsBuilder, VizOrientation } from "@grafana/grafana-foundation-sdk/common";
import { described, type PanelBuilder, type PanelProps } from "./panel.ts";
import { instantQueries, type Query } from "./query.ts";
import { thresholdsOf } from "./thresholds.ts";

export interface BarsProps extends PanelProps {
  readonly query: Query;
}

/** A bar for each series, of its value at the end of the range. */
export function bars(props: BarsProps): PanelBuilder {
  const { query, thresholds = [[0, "blue"]] } = props;
  return described(new BarGaugePanel(), props)
    .targets(instantQueries([query]))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]))
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .min(0)
    .thresholds(thresholdsOf(thresholds));
}
