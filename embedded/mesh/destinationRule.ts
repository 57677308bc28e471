import { z } from "zod";
import { namespaceOf, refTo } from "../kube/index.ts";
import { type Problem, type Report, readSpec, reportInto } from "../standIn/index.ts";
import { Duration } from "./duration.ts";
import { resolveHost } from "./hosts.ts";
import { destinationRules, type MeshObject, NOT_SERVED, oldestFirst } from "./objects.ts";
import { IDLE_SECONDS, LOAD_BALANCING } from "./policy.ts";

const TrafficPolicy = z.strictObject({
  loadBalancer: z.strictObject({ simple: z.string().optional() }).optional(),
  connectionPool: z.strictObject({ http: z.strictObject({ idleTimeout: Duration.optional() }).optional() }).optional(),
});

const DestinationRule = z.strictObject({
  host: z.string(),
  trafficPolicy: TrafficPolicy.optional(),
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
    const report = reportInto(problems, refTo(rule, destinationRules), NOT_SERVED);
    const spec = readSpec(DestinationRule, rule.spec, report);
    if (spec === undefined) continue;
    const service = resolveHost(spec.host, namespaceOf(rule));
    if (service === undefined) {
      report("spec.host", `"${spec.host}" is not a Service's name; the rule is left out`);
      continue;
    }
    checkPolicy(spec.trafficPolicy, report);
    const key = `${service.namespace}/${service.name}`;
    const subsets = found.get(key) ?? new Map<string, Subset>();
    for (const { name, labels = {} } of spec.subsets ?? []) if (!subsets.has(name)) subsets.set(name, { name, labels });
    found.set(key, subsets);
  }
  return { subsets: { of: (namespace, service) => [...(found.get(`${namespace}/${service}`)?.values() ?? [])] }, problems };
}

/** All pods share one policy here: a rule that asks for it is heeded, and one that asks for another is told. */
function checkPolicy(policy: z.infer<typeof TrafficPolicy> = {}, report: Report): void {
  const balancing = policy.loadBalancer?.simple ?? LOAD_BALANCING;
  if (balancing !== LOAD_BALANCING) report("spec.trafficPolicy.loadBalancer.simple", `the embedded mesh always uses ${LOAD_BALANCING}`);
  const idle = policy.connectionPool?.http?.idleTimeout ?? IDLE_SECONDS;
  if (idle !== IDLE_SECONDS)
    report("spec.trafficPolicy.connectionPool.http.idleTimeout", `in the embedded mesh it is always ${IDLE_SECONDS}s`);
}
