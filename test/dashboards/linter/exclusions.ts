import type { BoardName } from "../../../dashboards/index.ts";

/** What the boards do against a rule on purpose. */
export interface Exclusion {
  readonly rule: string;
  /** @default every board */
  readonly board?: BoardName;
  /** Places, by the beginning of the linter's complaint. @default every place */
  readonly places?: readonly string[];
  readonly reason: string;
}

const NO_JOB_OR_INSTANCE =
  "The records of SLOs have neither job nor instance, and the mesh's series have the proxy's. A service is found by namespace and name.";

export const exclusions: readonly Exclusion[] = [
  { rule: "template-job-rule", reason: NO_JOB_OR_INSTANCE },
  { rule: "template-instance-rule", reason: NO_JOB_OR_INSTANCE },
  { rule: "target-job-rule", reason: NO_JOB_OR_INSTANCE },
  { rule: "target-instance-rule", reason: NO_JOB_OR_INSTANCE },
  {
    rule: "target-counter-agg-rule",
    board: "deploys",
    reason: "increase() begins at a series' second sample. The series of a rare event begins with the event, so its first value is added.",
  },
  {
    rule: "target-counter-agg-rule",
    board: "release",
    places: ["What the gate counted"],
    reason: "A rollout's counters begin with it, and what they have come to is what the gate judges by.",
  },
];
