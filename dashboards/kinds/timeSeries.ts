import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import { FieldColorModeId } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as TimeSeriesPanel } from "@grafana/grafana-foundation-sdk/timeseries";
import { described, type PanelBuilder, type PanelProps } from "./panel.ts";
import { type Query, rangeQueries } from "./query.ts";
import { type Colour, thresholdsOf } from "./thresholds.ts";

export interface TimeSeriesProps extends PanelProps {
  readonly queries: readonly Query[];
  /** Colours of series whose name ends with the key: { "-canary": "orange" }. The others get Grafana's palette. */
  readonly colours?: Readonly<Record<string, Colour>>;
  /** Series on top of each other, as areas: for parts of a whole. @default false */
  readonly stacked?: boolean;
  /** Highest value of the axis. @default as high as the data */
  readonly max?: number;
  /** Lowest value of the axis; "data" follows the data. @default 0 */
  readonly min?: number | "data";
}

/** Lines over time. Thresholds are dashed lines across. */
export function timeSeries(props: TimeSeriesProps): PanelBuilder {
  const { queries, colours = {}, stacked = false, max, min = 0, thresholds } = props;
  const panel = described(new TimeSeriesPanel(), props)
    .targets(rangeQueries(queries))
    .legend(legend())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .showPoints(VisibilityMode.Never)
    .lineWidth(2)
    .fillOpacity(stacked ? 40 : 8);
  if (stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (max !== undefined) panel.max(max);
  if (min !== "data") panel.min(min);
  if (thresholds !== undefined) {
    panel.thresholds(thresholdsOf(thresholds));
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  for (const [ending, colour] of Object.entries(colours)) panel.overrideByRegexp(`/${ending}$/`, [fixedColour(colour)]);
  return panel;
}

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs(["lastNotNull"]);
}

function fixedColour(colour: Colour) {
  return { id: "color", value: { mode: FieldColorModeId.Fixed, fixedColor: colour } };
}
