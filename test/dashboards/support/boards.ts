import { z } from "zod";
import { type BoardName, boards } from "../../../dashboards/index.ts";

// Boards as Grafana reads them, from their JSON: what the builders do is seen in what comes out of them.

const DataSource = z.object({ type: z.string(), uid: z.string() });

const Target = z.object({
  refId: z.string(),
  expr: z.string(),
  datasource: DataSource,
  legendFormat: z.string().optional(),
  format: z.string().optional(),
});

const Thresholds = z.object({ steps: z.array(z.object({ value: z.number().nullable(), color: z.string() })) });

const Property = z.object({ id: z.string(), value: z.unknown() });

const Panel = z.object({
  type: z.string(),
  title: z.string(),
  description: z.string().default(""),
  datasource: DataSource.optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(Target).default([]),
  fieldConfig: z
    .object({
      defaults: z.object({ unit: z.string().optional(), thresholds: Thresholds.optional(), mappings: z.array(z.unknown()).optional() }),
      overrides: z.array(z.object({ properties: z.array(Property) })),
    })
    .optional(),
});

const Variable = z.object({
  type: z.string(),
  name: z.string(),
  label: z.string().optional(),
  query: z.string().optional(),
  datasource: DataSource.optional(),
  multi: z.boolean().optional(),
  allValue: z.string().optional(),
  refresh: z.number().optional(),
});

const Annotation = z.object({ name: z.string(), expr: z.string(), datasource: DataSource });

const Board = z.object({
  uid: z.string(),
  title: z.string(),
  editable: z.boolean(),
  panels: z.array(Panel),
  templating: z.object({ list: z.array(Variable) }),
  annotations: z.object({ list: z.array(Annotation) }),
});

export type Board = z.infer<typeof Board>;
export type Panel = z.infer<typeof Panel>;
export type Target = z.infer<typeof Target>;
export type Variable = z.infer<typeof Variable>;

export const allBoards: readonly (Board & { readonly name: BoardName })[] = boards().map(({ name, json }) => ({
  name,
  ...Board.parse(JSON.parse(json)),
}));

/** Panels without the rows' headings. */
export function panelsOf(board: Board): readonly Panel[] {
  return board.panels.filter(({ type }) => type !== "row");
}

/** Everything that a board asks Prometheus: its panels, its annotations and its variables. */
export function queriesOf(board: Board): readonly { readonly where: string; readonly expr: string }[] {
  const panels = panelsOf(board).flatMap(({ title, targets }) => targets.map(({ refId, expr }) => ({ where: `${title} ${refId}`, expr })));
  const annotations = board.annotations.list.map(({ name, expr }) => ({ where: `annotation ${name}`, expr }));
  return [...panels, ...annotations, ...variableQueries(board)];
}

/** The selectors in label_values(selector, label); one without a selector asks all series of all metrics. */
function variableQueries(board: Board) {
  return board.templating.list.flatMap(({ type, name, query = "" }) => {
    if (type !== "query") return [];
    return [{ where: `variable ${name}`, expr: query.replace(/^label_values\((.*), \w+\)$/, "$1") }];
  });
}
