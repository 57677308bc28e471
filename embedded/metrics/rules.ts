import { z } from "zod";
import { nameOf, namespaceOf } from "../kube/index.ts";
import { type Report, readSpec } from "../standIn/index.ts";
import type { MonitoringObject } from "./objects.ts";

const text = z.string().optional();
const texts = z.record(z.string(), z.string()).optional();

const rule = z.strictObject({
  record: text,
  alert: text,
  expr: z.union([z.string(), z.number()]).transform(String),
  for: text,
  keep_firing_for: text,
  labels: texts,
  annotations: texts,
});

const group = z.strictObject({
  name: z.string(),
  interval: text,
  query_offset: text,
  limit: z.number().optional(),
  labels: texts,
  rules: z.array(rule).default([]),
  // Of Thanos; the operator leaves it out for Prometheus, too.
  partial_response_strategy: text,
});

const spec = z.strictObject({ groups: z.array(group).default([]) });

export interface RuleFile {
  /** File name within the folder of rules. */
  readonly file: string;
  /** JSON, which is YAML that no reader of YAML takes another way. */
  readonly text: string;
}

/** The rule file of a PrometheusRule, not yet judged by Prometheus; undefined when its spec is none. */
export function ruleFileOf(object: MonitoringObject, report: Report): RuleFile | undefined {
  const read = readSpec(spec, object.spec, report);
  const groups = read?.groups.map(({ partial_response_strategy: _, ...kept }) => kept);
  // No name of an object has an underscore in it, so no two objects share a file.
  const file = `${namespaceOf(object)}_${nameOf(object)}.yaml`;
  return groups && { file, text: JSON.stringify({ groups }, undefined, 2) };
}
