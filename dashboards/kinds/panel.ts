import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Threshold } from "./thresholds.ts";

/** A panel before it has its place on a board. */
export type PanelBuilder = Builder<Panel>;

/** What every panel says of itself. */
export interface PanelProps {
  readonly title: string;
  /** What is shown, how it is measured, and what to make of it. */
  readonly description: string;
  /** Grafana's id of the unit, out of the SDK's list. */
  readonly unit: string;
  /** Width in columns; a board has 24. @default 8 */
  readonly span?: number;
  /** Height in rows of 38 pixels. @default 8, or 4 for a single number */
  readonly height?: number;
  /** Where a value becomes good, doubtful or bad. Left out where no value is better than another. */
  readonly thresholds?: readonly Threshold[];
}

/** The settings that all kinds of panels share. */
interface Common {
  title(title: string): this;
  description(description: string): this;
  unit(unit: string): this;
  span(columns: number): this;
  height(rows: number): this;
  datasource(reference: { type: string; uid: string }): this;
}

export function described<T extends Common>(panel: T, { title, description, unit, span = 8, height = 8 }: PanelProps): T {
  return panel.title(title).description(description).unit(unit).span(span).height(height).datasource(prometheus);
}

/** The Prometheus that the reader has chosen: no board is bound to one. */
export const prometheus = { type: "prometheus", uid: "$datasource" };
