import { problem, type SloProblem } from "../checks/problem.ts";
import type { Slo, TimeSlices } from "../slo.ts";
import type { Document, SloSpec } from "./document.ts";
import type { Library } from "./library.ts";
import { alertingOf, conditionProblems, type ResolvedPolicy } from "./policies.ts";

type SloDocument = Extract<Document, { kind: "SLO" }>;
type PolicyUse = NonNullable<SloSpec["alertPolicies"]>[number];

/** An SLO of ours from a document. @returns no SLO where something that it refers to is missing or wrong */
export function sloFrom(
  { metadata, spec }: SloDocument,
  library: Library,
): { readonly slo?: Slo; readonly problems: readonly SloProblem[] } {
  const missing = [...missingIn(spec, library)];
  const [objective] = spec.objectives;
  const [window] = spec.timeWindow;
  const sli = spec.indicator?.spec ?? library.indicators.get(spec.indicatorRef);
  if (missing.length > 0 || objective === undefined || window === undefined || sli === undefined) return { problems: missing };
  const policies = spec.alertPolicies?.flatMap((use, index) => resolved(use, index, library));
  const slices = slicesOf(objective);
  const description = spec.description ?? metadata.displayName;
  const slo: Slo = {
    name: metadata.name,
    service: spec.service,
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

/** Nothing where a part of it is wrong, which is told of its own document. */
function resolved(use: PolicyUse, index: number, library: Library): readonly ResolvedPolicy[] {
  const policy = use.spec ?? library.policies.get(use.alertPolicyRef);
  const [written] = policy?.conditions ?? [];
  const condition = written?.spec ?? library.conditions.get(written?.conditionRef);
  return policy === undefined || condition === undefined ? [] : [{ policy, condition, path: `spec.alertPolicies[${index}]` }];
}

/** References to what is in no document. */
function* missingIn({ indicatorRef, alertPolicies = [] }: SloSpec, library: Library): Iterable<SloProblem> {
  yield* missingOne("spec.indicatorRef", "SLI", indicatorRef, library);
  for (const [index, { alertPolicyRef, spec }] of alertPolicies.entries()) {
    const path = `spec.alertPolicies[${index}]`;
    yield* missingOne(`${path}.alertPolicyRef`, "AlertPolicy", alertPolicyRef, library);
    const [condition] = (spec ?? library.policies.get(alertPolicyRef))?.conditions ?? [];
    yield* missingOne(path, "AlertCondition", condition?.conditionRef, library);
  }
}

function* missingOne(path: string, kind: Document["kind"], name: string | undefined, { keys }: Library): Iterable<SloProblem> {
  if (name !== undefined && !keys.has(`${kind} ${name}`))
    yield problem(path, name, `is no ${kind} among the documents; add it, or correct the name`);
}
