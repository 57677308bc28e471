import { z } from "zod";
import { resolveHost } from "./hosts.ts";
import { destinationRules, type MeshObject, namespaceOf, oldestFirst, refTo } from "./objects.ts";
import type { Problem } from "./problems.ts";
import { readSpec } from "./schema.ts";

const DestinationRule = z.strictObject({
  host: z.string(),
  subsets: z.array(z.strictObject({ name: z.string(), labels: z.record(z.string(), z.string()).optional() })).optional(),
  // Who may see the rule: there is one gateway here, and it sees all.
  exportTo: z.array(z.string()).optional(),
});

export interface Subset {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The subsets that DestinationRules define. */
export interface Subsets {
  of(namespace: string, service: string): readonly Subset[];
}

/** Reads the rules. When two name the same subset of a Service, the older one's counts. */
export function readSubsets(rules: readonly MeshObject[]): { readonly subsets: Subsets; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const found = new Map<string, Map<string, Subset>>();
  for (const rule of oldestFirst(rules)) {
    const report = (path: string, message: string) =>
      problems.push({ object: refTo(rule, destinationRules), message: `${path}: ${message}` });
    const spec = readSpec(DestinationRule, rule.spec, report);
    if (spec === undefined) continue;
    const service = resolveHost(spec.host, namespaceOf(rule));
    if (service === undefined) {
      report("spec.host", `"${spec.host}" is not a Service's name; the rule is left out`);
      continue;
    }
    const key = `${service.namespace}/${service.name}`;
    const subsets = found.get(key) ?? new Map<string, Subset>();
    for (const { name, labels = {} } of spec.subsets ?? []) if (!subsets.has(name)) subsets.set(name, { name, labels });
    found.set(key, subsets);
  }
  return { subsets: { of: (namespace, service) => [...(found.get(`${namespace}/${service}`)?.values() ?? [])] }, problems };
}
