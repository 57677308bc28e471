// What became of one release: the gate's verdict beside what the users of the service saw. Pure.
import { decidedBy, type GateRecord } from "@sluice/gate";
import type { LoadReport } from "../load/index.ts";
import type { Release } from "./releases.ts";

export interface Outcome {
  readonly release: Release;
  readonly record: GateRecord;
  /** From the load generator's first request to this version, to the end of the rollout; undefined when none reached it. */
  readonly seconds: number | undefined;
  /** Answers of this version that were 5xx, and that were later than the latency threshold. */
  readonly failed: number;
  readonly slow: number;
  /** Answers in all, of every version, while this release was rolled out. */
  readonly served: number;
  /** Requests in that time that failed although no canary had to do with it: 5xx of other versions or of the mesh, and no answer at all. A first version has no stable beside it. */
  readonly failedOnStable: number | undefined;
}

/** @param seen what the load generator saw from the start of this release to its end */
export function outcomeOf(release: Release, record: GateRecord, seen: LoadReport): Outcome {
  const own = seen.versions[release.tag];
  const others = Object.entries(seen.versions).filter(([version]) => version !== release.tag);
  const unanswered = sum(Object.values(seen.errors));
  return {
    release,
    record,
    seconds: own?.firstAt === undefined ? undefined : (Date.parse(record.endedAt) - own.firstAt) / 1000,
    failed: own?.failed ?? 0,
    slow: own?.slow ?? 0,
    served: seen.total.requests,
    failedOnStable: isFirst(record) ? undefined : sum(others.map(([, { failed }]) => failed)) + unanswered,
  };
}

/** Why the release did not end as it should have; empty when it did. */
export function surprises({ release, record, failedOnStable }: Outcome): readonly string[] {
  const by = decidedBy(record.decision);
  return [
    ...(record.verdict === release.expected ? [] : [`${release.tag} was ${record.verdict}, expected: ${release.expected}`]),
    ...(release.expectedBy === undefined || by === release.expectedBy
      ? []
      : [`${release.tag} was judged by ${by ?? "no evidence"}, expected: ${release.expectedBy}`]),
    ...(failedOnStable === undefined || failedOnStable === 0
      ? []
      : [`${failedOnStable} requests failed on stable while ${release.tag} was rolled out`]),
  ];
}

/** A first version is judged at full weight from the start. */
function isFirst({ evidence }: GateRecord): boolean {
  return evidence.plan.steps[0] === 100;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
