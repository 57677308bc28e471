import { z } from "zod";
import { type MonitoringObject, nameOf, namespaceOf } from "./objects.ts";
import { readSpec } from "./readSpec.ts";

const text = z.string().optional();
const texts = z.record(z.string(), z.string()).optional();

const rule = z.object({
  record: text,
  alert: text,
  expr: z.union([z.string(), z.number()]).transform(String),
  for: text,
  keep_firing_for: text,
  labels: texts,
  annotations: texts,
});

const group = z.object({
  name: z.string(),
  interval: text,
  query_offset: text,
  limit: z.number().optional(),
  labels: texts,
  rules: z.array(rule).default([]),
  // Of Thanos; the operator leaves it out for Prometheus, too.
  partial_response_strategy: text,
});

const spec = z.object({ groups: z.array(group).default([]) });

export interface RuleFile {
  /** File name within the folder of rules. */
  readonly file: string;
  /** JSON, which is YAML that no reader of YAML takes another way. */
  readonly text: string;
}

/** The rule file of a PrometheusRule, not yet judged by Prometheus, or none when its spec is none; and what is wrong with the spec. */
export function ruleFileOf(object: MonitoringObject): { readonly rules: RuleFile | undefined; readonly problems: readonly string[] } {
  const read = readSpec(spec, object.spec);
  const groups = read.spec?.groups.map(({ partial_response_strategy: _, ...kept }) => kept);
  // No name of an object has an underscore in it, so no two objects share a file.
  const file = `${namespaceOf(object)}_${nameOf(object)}.yaml`;
  return { rules: groups && { file, text: JSON.stringify({ groups }, undefined, 2) }, problems: read.problems };
}
