import { problem, type SloProblem } from "../checks/problem.ts";
import { daysOf, type WindowPair, windowPairs } from "../rules/index.ts";
import type { Alerting, Slo } from "../slo.ts";
import type { BurnCondition, Policy } from "./alerting.ts";

/** A policy with what it refers to, and where it stands. */
export interface ResolvedPolicy {
  readonly policy: Policy;
  readonly condition: BurnCondition;
  readonly path: string;
}

/** The label by which Alertmanager's routes find the targets of a policy. */
const TARGETS_LABEL = "notification_targets";

/** Written factors are often rounded: 0.93 for 14/15. */
const ROUNDING = 0.01;

/** What the policies of an SLO switch on. */
export function alertingOf(policies: readonly ResolvedPolicy[]): Alerting {
  const breaching = policies.filter(({ policy }) => policy.alertWhenBreaching).map(({ condition }) => condition.severity);
  const targets = [...new Set(policies.flatMap(({ policy }) => policy.notificationTargets))].sort();
  return {
    page: breaching.includes("page"),
    ticket: breaching.includes("ticket"),
    absent: policies.some(({ policy }) => policy.alertWhenNoData),
    ...(targets.length > 0 && { labels: { [TARGETS_LABEL]: targets.join(",") } }),
  };
}

/** Conditions that no alert of ours stands for: they would never fire, or at another time than is written. */
export function conditionProblems(policies: readonly ResolvedPolicy[], slo: Slo): readonly SloProblem[] {
  const pairs = windowPairs(daysOf(slo));
  const known = pairs.map(({ severity, factor, long }) => `${severity} ${Number(factor.toPrecision(4))} over ${long / 3_600}h`).join(", ");
  return policies
    .filter(({ condition }) => !pairs.some((pair) => stands(pair, condition)))
    .map(({ condition: { severity, factor, seconds }, path }) =>
      problem(
        path,
        `${severity} ${factor} over ${seconds / 3_600}h`,
        `is no alert that is made for this window; take one of ${known}, or leave alertPolicies out to get them all`,
      ),
    );
}

function stands({ severity, long, factor }: WindowPair, condition: BurnCondition): boolean {
  return severity === condition.severity && long === condition.seconds && Math.abs(condition.factor / factor - 1) <= ROUNDING;
}
