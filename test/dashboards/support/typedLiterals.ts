import { z } from "zod";

const Panel = z.looseObject({
  type: z.string(),
  options: z.unknown(),
  targets: z.array(z.unknown()).default([]),
  fieldConfig: z.looseObject({ defaults: z.looseObject({ custom: z.unknown().optional() }), overrides: z.array(z.unknown()) }),
});

const Row = z.looseObject({ type: z.literal("row") });

const Board = z.looseObject({
  panels: z.array(z.union([Row, Panel])),
  annotations: z.looseObject({ list: z.array(z.looseObject({ target: z.unknown().optional() })) }),
});

/** The SDK's module for each kind of panel. */
const MODULES: Readonly<Record<string, string>> = {
  timeseries: "timeseries",
  stat: "stat",
  table: "table",
  bargauge: "bargauge",
  "state-timeline": "statetimeline",
};

// In JSON an enum is the string or number that it stands for.
const HEAD = `
import type * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dataquery } from "@grafana/grafana-foundation-sdk/prometheus";
${Object.values(MODULES)
  .map((module) => `import type * as ${module} from "@grafana/grafana-foundation-sdk/${module}";`)
  .join("\n")}
type Json<T> = 0 extends 1 & T ? T : T extends string ? \`\${T}\` : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
type Query = Json<Omit<Dataquery, "_implementsDataqueryVariant">>;
type Panel = Json<Omit<dashboard.Panel, "targets" | "options" | "fieldConfig">>;
type Fields = Json<Omit<dashboard.FieldConfig, "custom">>;
type Overrides = Json<dashboard.FieldConfigSource["overrides"]>;
type Board = Json<Omit<dashboard.Dashboard, "panels" | "annotations">>;
type Annotation = Json<Omit<dashboard.AnnotationQuery, "target">>;
type Row = Json<dashboard.RowPanel>;
`;

/** A TypeScript file that declares each part of the boards with the type it has to have. */
export function asTypedLiterals(boards: readonly string[]): string {
  const literals = boards.flatMap((json) => literalsOf(Board.parse(JSON.parse(json))));
  return HEAD + literals.map(([type, value], index) => `export const part${index}: ${type} = ${JSON.stringify(value)};`).join("\n");
}

type Literal = readonly [type: string, value: unknown];

function literalsOf({ panels, annotations, ...board }: z.infer<typeof Board>): readonly Literal[] {
  return [
    ["Board", board],
    ...annotations.list.flatMap(({ target, ...rest }): readonly Literal[] => [
      ["Annotation", rest],
      ["Query", target],
    ]),
    ...panels.flatMap((panel) => {
      const parsed = Panel.safeParse(panel);
      return parsed.success ? panelLiterals(parsed.data) : ([["Row", panel]] as const);
    }),
  ];
}

/** Options, and the fields' custom settings, are open in the panel's own type: they belong to the kind of panel. */
function panelLiterals({ options, targets, fieldConfig, ...panel }: z.infer<typeof Panel>): readonly Literal[] {
  const { custom, ...fields } = fieldConfig.defaults;
  const kind = MODULES[panel.type] ?? "";
  return [
    ["Panel", panel],
    [`Json<${kind}.Options>`, options],
    ["Fields", fields],
    ...(custom === undefined ? [] : ([[`Json<${kind}.FieldConfig>`, custom]] as const)),
    ["Overrides", fieldConfig.overrides],
    ...targets.map((target) => ["Query", target] as const),
  ];
}
