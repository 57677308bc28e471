// The kinds of panels that the boards are made of, each with the settings that all of its kind share.
export { type BarsProps, bars } from "./bars.ts";
export { type PanelBuilder, type PanelProps, prometheus } from "./panel.ts";
export type { Query } from "./query.ts";
export { type StatProps, stat } from "./stat.ts";
export { type Column, type TableProps, table } from "./table.ts";
export type { Colour, State, Threshold } from "./thresholds.ts";
export { type TimelineProps, timeline } from "./timeline.ts";
export { type TimeSeriesProps, timeSeries } from "./timeSeries.ts";
