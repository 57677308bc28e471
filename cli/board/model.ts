import { z } from "zod";

// The parts of a board's JSON that a picture of it needs.

const Threshold = z.object({ value: z.number().nullable(), color: z.string() });
const Thresholds = z.object({ steps: z.array(Threshold) });

const Mapping = z.object({ options: z.record(z.string(), z.object({ text: z.string(), color: z.string() })) });

const Target = z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string().default("") });

const Override = z.object({
  matcher: z.object({ id: z.string(), options: z.string() }),
  properties: z.array(z.object({ id: z.string(), value: z.unknown() })),
});

const Place = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });

const Panel = z.object({
  type: z.enum(["timeseries", "stat", "table", "bargauge", "state-timeline"]),
  title: z.string(),
  gridPos: Place,
  targets: z.array(Target),
  transformations: z.array(z.object({ id: z.string(), options: z.looseObject({}) })).default([]),
  fieldConfig: z.object({
    defaults: z.object({
      unit: z.string(),
      min: z.number().optional(),
      max: z.number().optional(),
      noValue: z.string().default("no data"),
      thresholds: Thresholds.optional(),
      mappings: z.array(Mapping).default([]),
      custom: z.object({ stacking: z.object({ mode: z.string() }).optional() }).default({}),
    }),
    overrides: z.array(Override),
  }),
});

const Heading = z.object({ type: z.literal("row"), title: z.string(), gridPos: Place });

const Variable = z.object({
  type: z.string(),
  name: z.string(),
  query: z.string().default(""),
  regex: z.string().optional(),
  includeAll: z.boolean().default(false),
  allValue: z.string().optional(),
  current: z.object({ value: z.union([z.string(), z.array(z.string())]) }).optional(),
});

const Annotation = z.object({ name: z.string(), expr: z.string(), iconColor: z.string(), titleFormat: z.string() });

const Board = z.object({
  title: z.string(),
  description: z.string(),
  time: z.object({ from: z.string() }),
  panels: z.array(z.discriminatedUnion("type", [Heading, Panel])),
  templating: z.object({ list: z.array(Variable) }),
  annotations: z.object({ list: z.array(Annotation).default([]) }),
});

export type Board = z.infer<typeof Board>;
export type Panel = z.infer<typeof Panel>;
export type Heading = z.infer<typeof Heading>;
export type Place = z.infer<typeof Place>;
export type Variable = z.infer<typeof Variable>;
export type Annotation = z.infer<typeof Annotation>;
export type Threshold = z.infer<typeof Threshold>;
export { Thresholds };

/** @param json a board as `boards()` gives it. @throws ZodError for one that is not ours */
export function readBoard(json: string): Board {
  return Board.parse(JSON.parse(json));
}
