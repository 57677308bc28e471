import { TableCellBackgroundDisplayMode, TableCellDisplayMode, type TableCellOptions } from "@grafana/grafana-foundation-sdk/common";
import type { DataTransformerConfig, DynamicConfigValue } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as TablePanel } from "@grafana/grafana-foundation-sdk/table";
import { described, type PanelBuilder, type PanelProps } from "./panel.ts";
import { refId, tableQueries } from "./query.ts";
import { type Threshold, thresholdsOf } from "./thresholds.ts";

/** A query whose value is a column. It has the table's key labels and no others. */
export interface Column {
  readonly title: string;
  readonly expr: string;
  readonly unit: string;
  readonly thresholds?: readonly Threshold[];
}

/** The unit of a table is that of its columns. */
export interface TableProps extends Omit<PanelProps, "thresholds" | "unit"> {
  /** Labels that tell the rows apart, with the titles of their columns. */
  readonly keys: Readonly<Record<string, string>>;
  readonly columns: readonly Column[];
}

/** A row for each set of labels at the end of the range, a column for each query. */
export function table(props: TableProps): PanelBuilder {
  const { keys, columns } = props;
  const panel = described(new TablePanel(), { unit: "short", ...props })
    .targets(tableQueries(columns.map(({ expr }) => expr)))
    .transformations([{ id: "merge", options: {} }, organize(keys, columns)]);
  for (const column of columns) panel.overrideByName(column.title, cell(column));
  return panel;
}

/** Grafana calls the value of a table's only query "Value", those of several "Value #A", "Value #B" and so on. */
function valueName(index: number, columns: readonly Column[]): string {
  return columns.length === 1 ? "Value" : `Value #${refId(index)}`;
}

function organize(keys: TableProps["keys"], columns: readonly Column[]): DataTransformerConfig {
  const values = columns.map(({ title }, index) => [valueName(index, columns), title] as const);
  const renameByName = Object.fromEntries([...Object.entries(keys), ...values]);
  const indexByName = Object.fromEntries(Object.keys(renameByName).map((name, index) => [name, index]));
  return { id: "organize", options: { excludeByName: { Time: true }, renameByName, indexByName } };
}

function cell({ unit, thresholds }: Column): DynamicConfigValue[] {
  const background: TableCellOptions = { type: TableCellDisplayMode.ColorBackground, mode: TableCellBackgroundDisplayMode.Basic };
  return [
    { id: "unit", value: unit },
    ...(thresholds === undefined
      ? []
      : [
          { id: "thresholds", value: thresholdsOf(thresholds).build() },
          { id: "custom.cellOptions", value: background },
        ]),
  ];
}
