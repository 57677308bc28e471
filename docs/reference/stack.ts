// docs/reference/stack.md: every value of a stack, out of the schema that decodes it.
import { stringify } from "yaml";
import { z } from "zod";
import { forms } from "../../infra/stack/field.ts";
import { durationUnits } from "../../infra/stack/units.ts";
import { anchor, code, table } from "./markdown.ts";

type Schema = z.core.$ZodType;

/** What stands before a stack's own values in its file. */
const ROOT = "sluice:";

const REQUIRED = "*required*";
const NONE = "*none*";

const intro = `# Reference: a stack, value by value

What stands in \`stacks/Pulumi.<stack>.yaml\` under \`config\`. How to write one: [a stack](../stack.md).

A value whose default is ${REQUIRED} has to be given; one with ${NONE} may be left out. NAME is a name of your own, [N] an entry of a list.
A duration is a number with one of the units ${durationUnits.map(code).join(", ")}.`;

/**
 * The page for the schema of a whole stack: a section a mapping, a row a value.
 * @throws Error, with the value's path, for a value without a description and for a kind of schema that nobody has put in words here
 */
export function stackPage(schema: Schema): string {
  return `${[intro, ...sections("A stack", ROOT, schema)].join("\n\n")}\n`;
}

/** The section of a mapping and those of the mappings in it; nothing for any other schema. `prefix` stands before a name in a value's path. */
function sections(title: string, prefix: string, schema: Schema): readonly string[] {
  if (schema instanceof z.ZodDiscriminatedUnion)
    return schema.options.flatMap((option) => sections(`${title}, ${kindOf(option)}`, prefix, option));
  if (!(schema instanceof z.ZodObject)) return [];
  const values = Object.entries(schema.shape).map(([name, value]) => ({ path: `${prefix}${name}`, name, value, ...unwrap(value) }));
  const rows = values.map(({ path, name, value, inner, without }) => [
    code(prefix === ROOT ? path : name),
    written(path, inner, without),
    without,
    about(path, value),
  ]);
  const nested = values.map(({ path, inner }) => innermost(path, inner));
  return [
    `## ${title}`,
    table(["value", "written as", "default", "what it is for"], rows),
    ...nested.flatMap(({ path, schema }) => sections(path, `${path}.`, schema)),
  ];
}

/** Which of several forms this is: the value of its `kind`. */
function kindOf(schema: Schema): string {
  const kind = schema instanceof z.ZodObject ? schema.shape.kind : undefined;
  if (!(kind instanceof z.ZodLiteral)) throw new Error("docs/reference/stack.ts tells forms of a mapping apart by their kind alone");
  return `kind ${String(kind.value)}`;
}

/** The schema behind defaults, and what holds without the value. */
function unwrap(schema: Schema): { readonly inner: Schema; readonly without: string } {
  if (schema instanceof z.ZodOptional) return { inner: schema.unwrap(), without: NONE };
  if (!(schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)) return { inner: schema, without: REQUIRED };
  const inner = schema.unwrap();
  return { inner, without: inner instanceof z.ZodObject ? "*its defaults*" : code(inYaml(schema.def.defaultValue)) };
}

function inYaml(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", flowCollectionPadding: false, lineWidth: 0 }).trimEnd();
}

/** How a value is written; with an example where no default is one. */
function written(path: string, schema: Schema, without: string): string {
  const form = forms.get(schema);
  if (form !== undefined) return without === REQUIRED || without === NONE ? `${form.what}, like ${code(form.example)}` : form.what;
  if (schema instanceof z.ZodObject) return `[a mapping](#${anchor(path)})`;
  if (schema instanceof z.ZodLiteral) return code(String(schema.value));
  if (schema instanceof z.ZodDiscriminatedUnion)
    return `a mapping, one of ${schema.options.map((option) => `[${kindOf(option)}](#${anchor(`${path}, ${kindOf(option)}`)})`).join(", ")}`;
  const each = entry(path, schema);
  if (schema instanceof z.ZodArray) return `a list; each entry: ${written(each.path, each.schema, without)}`;
  if (schema instanceof z.ZodRecord) return `a mapping of names; each value: ${written(each.path, each.schema, without)}`;
  throw new Error(`${path}: docs/reference/stack.ts has no words for a schema of type ${schema._zod.def.type}`);
}

/** An entry of a list or of a mapping with names of one's own; any other schema itself. */
function entry(path: string, schema: Schema): { readonly path: string; readonly schema: Schema } {
  if (schema instanceof z.ZodArray) return { path: `${path}[N]`, schema: schema.element };
  if (schema instanceof z.ZodRecord) return { path: `${path}.NAME`, schema: schema.valueType };
  return { path, schema };
}

/** What is in the lists and mappings, however deep. */
function innermost(path: string, schema: Schema): { readonly path: string; readonly schema: Schema } {
  const each = entry(path, schema);
  return each.schema === schema ? each : innermost(each.path, each.schema);
}

function about(path: string, schema: Schema): string {
  const text = z.globalRegistry.get(schema)?.description;
  if (text === undefined) throw new Error(`${path} has no description: end its schema in .describe("...")`);
  return text;
}
