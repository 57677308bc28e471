import { z } from "zod";
import { type Panel, Thresholds } from "../model.ts";
import type { Series } from "../prometheus.ts";
import { format } from "../units.ts";
import { GRID, TEXT, thresholdColour, WEAK } from "./colours.ts";
import { fitting, rect, type Size, text } from "./svg.ts";

const LINE = 26;
const MARGIN = 10;

interface Cell {
  readonly text: string;
  readonly colour?: string;
}

/** A row for each set of labels, a column for each query: what Grafana's transformations "merge" and "organize" make of the answers. */
export function drawTable(panel: Panel, answers: readonly (readonly Series[])[], { width, height }: Size): string {
  const keys = Object.entries(renamed(panel)).filter(([name]) => !name.startsWith("Value"));
  const columns = panel.targets.map(({ refId }) => renamed(panel)[panel.targets.length === 1 ? "Value" : `Value #${refId}`] ?? refId);
  const titles = [...keys.map(([, title]) => title), ...columns];
  const column = (width - 2 * MARGIN) / titles.length;
  const place = (index: number) => MARGIN + index * column;
  const rows = rowsOf(panel, keys, columns, answers).slice(0, Math.floor((height - LINE) / LINE));
  const head = titles.map((title, index) => text(place(index), 16, fitting(title, column), { weight: 600, fill: WEAK }));
  const body = rows.flatMap((cells, row) => [
    rect(MARGIN, (row + 1) * LINE - 2, { width: width - 2 * MARGIN, height: 1 }, GRID),
    ...cells.map(({ text: content, colour = TEXT }, index) =>
      text(place(index), (row + 1) * LINE + 16, fitting(content, column - 8), { fill: colour }),
    ),
  ]);
  return [...head, ...body].join("");
}

const Organize = z.object({ renameByName: z.record(z.string(), z.string()) });

/** What the columns are called in the answers, and what on the board. */
function renamed({ transformations }: Panel): Readonly<Record<string, string>> {
  return Organize.parse(transformations.find(({ id }) => id === "organize")?.options).renameByName;
}

function rowsOf(
  panel: Panel,
  keys: readonly (readonly [string, string])[],
  columns: readonly string[],
  answers: readonly (readonly Series[])[],
) {
  const rows = new Map<string, readonly string[]>();
  for (const { labels } of answers.flat()) {
    const names = keys.map(([label]) => labels[label] ?? "");
    rows.set(names.join("\n"), names);
  }
  return [...rows.values()].map((names): readonly Cell[] => [
    ...names.map((name) => ({ text: name })),
    ...answers.map((series, index) => {
      const value = series.find(({ labels }) => keys.every(([label], key) => (labels[label] ?? "") === names[key]))?.points[0]?.[1];
      return value === undefined ? { text: "" } : cell(panel, columns[index] ?? "", value);
    }),
  ]);
}

function cell({ fieldConfig }: Panel, column: string, value: number): Cell {
  const properties = fieldConfig.overrides.find(({ matcher }) => matcher.options === column)?.properties ?? [];
  const property = (id: string) => properties.find((candidate) => candidate.id === id)?.value;
  const thresholds = Thresholds.safeParse(property("thresholds")).data;
  const shown = format(value, String(property("unit")));
  return thresholds === undefined ? { text: shown } : { text: shown, colour: thresholdColour(thresholds.steps, value) };
}
