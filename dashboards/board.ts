import {
  type AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type DashboardLinkBuilder,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { PanelBuilder } from "./kinds/index.ts";
import { otherBoards, TAG } from "./links.ts";
import type { Variable } from "./variables.ts";

export const BOARD_NAMES = ["release", "slo", "service", "platform", "deploys", "cost"] as const;
export type BoardName = (typeof BOARD_NAMES)[number];

export interface BoardProps {
  /** Also its address: /d/sluice-<name>. */
  readonly name: BoardName;
  readonly title: string;
  readonly description: string;
  /** How far back it looks at first, in Grafana's spelling. @default 1h */
  readonly range?: string;
  readonly variables: readonly Variable[];
  readonly annotations?: readonly AnnotationQueryBuilder[];
  readonly links?: readonly DashboardLinkBuilder[];
  readonly rows: readonly Row[];
}

/** Panels under one heading: from left to right, and on in the next line where 24 columns are full. */
export interface Row {
  readonly title: string;
  readonly panels: readonly PanelBuilder[];
}

/** A board as Grafana takes it. It cannot be edited there: what is wrong with it is mended here. */
export function board({ name, title, description, range = "1h", variables, annotations = [], links = [], rows }: BoardProps): Dashboard {
  const dashboard = new DashboardBuilder(title)
    .uid(`sluice-${name}`)
    .description(description)
    .tags([TAG])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: `now-${range}`, to: "now" })
    .refresh("30s")
    .variables([...variables])
    .annotations([...annotations])
    .links([...links, otherBoards()]);
  for (const [index, row] of rows.entries()) {
    // Row ids must be given, and must not be those of panels, which Grafana counts from 1.
    dashboard.withRow(new RowBuilder(row.title).id(1000 + index));
    for (const panel of row.panels) dashboard.withPanel(panel);
  }
  return dashboard.build();
}
