import { problem, type SloProblem } from "../checks/problem.ts";
import type { Slo, TimeSlices } from "../slo.ts";
import type { Document, SloSpec } from "./document.ts";
import type { Library } from "./library.ts";
import { alertingOf, conditionProblems, type ResolvedPolicy } from "./policies.ts";

export type SloDocument = Extract<Document, { kind: "SLO" }>;

/** An SLO of ours from a document. @returns no SLO where something that it refers to is missing or wrong */
export function sloFrom(
  { metadata, spec }: SloDocument,
  library: Library,
): { readonly slo?: Slo; readonly problems: readonly SloProblem[] } {
  const { indicatorRef, objectives, service, timeWindow, alertPolicies } = spec;
  const [objective] = objectives;
  const [window] = timeWindow;
  const missing = [...missingIn(spec, library)];
  const sli = spec.indicator?.spec ?? (indicatorRef === undefined ? undefined : library.indicator(indicatorRef));
  const policies = alertPolicies?.flatMap((_, index) => resolved(spec, index, library));
  if (missing.length > 0 || objective === undefined || window === undefined || sli === undefined) return { problems: missing };
  const slices = slicesOf(objective);
  const description = spec.description ?? metadata.displayName;
  const slo: Slo = {
    name: metadata.name,
    service,
    objective: objective.objective,
    window,
    sli,
    ...(slices && { slices }),
    ...(policies && { alerting: alertingOf(policies) }),
    ...(Object.keys(metadata.labels).length > 0 && { labels: metadata.labels }),
    ...(description !== undefined && { description }),
  };
  return { slo, problems: conditionProblems(policies ?? [], slo) };
}

function slicesOf({ sliceObjective, sliceSeconds }: SloSpec["objectives"][number]): TimeSlices | undefined {
  return sliceObjective === undefined || sliceSeconds === undefined ? undefined : { seconds: sliceSeconds, objective: sliceObjective };
}

/** Nothing where a part of it is missing or wrong, of which is told elsewhere. */
function resolved({ alertPolicies = [] }: SloSpec, index: number, library: Library): readonly ResolvedPolicy[] {
  const use = alertPolicies[index];
  const policy = use?.spec ?? library.policy(use?.alertPolicyRef ?? "");
  const [written] = policy?.conditions ?? [];
  const condition = written?.spec ?? library.condition(written?.conditionRef ?? "");
  return policy === undefined || condition === undefined ? [] : [{ policy, condition, path: `spec.alertPolicies[${index}]` }];
}

/** References to what is in no document. */
function* missingIn({ indicatorRef, alertPolicies = [] }: SloSpec, library: Library): Iterable<SloProblem> {
  if (indicatorRef !== undefined && !library.has("SLI", indicatorRef)) yield unknown("spec.indicatorRef", "SLI", indicatorRef);
  for (const [index, { alertPolicyRef, spec }] of alertPolicies.entries()) {
    const path = `spec.alertPolicies[${index}]`;
    if (alertPolicyRef !== undefined && !library.has("AlertPolicy", alertPolicyRef))
      yield unknown(`${path}.alertPolicyRef`, "AlertPolicy", alertPolicyRef);
    const [condition] = (spec ?? library.policy(alertPolicyRef ?? ""))?.conditions ?? [];
    if (condition?.conditionRef !== undefined && !library.has("AlertCondition", condition.conditionRef))
      yield unknown(path, "AlertCondition", condition.conditionRef);
  }
}

function unknown(path: string, kind: string, name: string): SloProblem {
  return problem(path, name, `is no ${kind} among the documents; add it, or correct the name`);
}
