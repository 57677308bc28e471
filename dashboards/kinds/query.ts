import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { prometheus } from "./panel.ts";

/** One query of a panel. */
export interface Query {
  readonly expr: string;
  /** Name of each series: text with {{label}} in it. */
  readonly legend: string;
}

/** Over the board's whole range of time: each series a line. */
export function rangeQueries(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map(({ expr, legend }, index) => base(expr, index).range().legendFormat(legend));
}

/** At the end of the range: each series a bar or a number. */
export function instantQueries(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map(({ expr, legend }, index) => base(expr, index).instant().legendFormat(legend));
}

/** At the end of the range: each series a row of a table, its labels being columns. */
export function tableQueries(exprs: readonly string[]): DataqueryBuilder[] {
  return exprs.map((expr, index) => base(expr, index).instant().format(PromQueryFormat.Table));
}

function base(expr: string, index: number): DataqueryBuilder {
  return new DataqueryBuilder().datasource(prometheus).expr(expr).refId(refId(index));
}

/** Grafana's name of a panel's query: A, B, C and so on. */
export function refId(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}
