import type { Slo } from "../slo.ts";
import { exactGroups } from "./exact.ts";
import type { RuleGroup } from "./ruleGroup.ts";
import { slothGroups } from "./sloth.ts";

export interface RuleOptions {
  /** `exact` counts each event once and weighs all the same; `sloth` is what Sloth v0.16 would write. @default exact */
  readonly form?: "exact" | "sloth";
  /**
   * Seconds between evaluations in the exact form; has to divide five minutes. A burn is told this much later; half of it costs twice
   * the evaluations. Changing it keeps what was recorded. @default 30
   */
  readonly interval?: number;
}

/**
 * Everything that Prometheus has to compute for these SLOs, which have to be without problems (sloProblems).
 * @throws Error for what the form cannot do: an interval that does not divide five minutes; in Sloth's form a calendar month, slices, minEvents
 */
export function sloRules(slos: readonly Slo[], { form = "exact", interval = 30 }: RuleOptions = {}): readonly RuleGroup[] {
  if (!Number.isInteger(interval) || interval < 1 || 300 % interval !== 0)
    throw new Error(`interval: ${interval} s does not divide five minutes; take for example 15, 30 or 60`);
  return slos.flatMap((slo) => (form === "sloth" ? slothGroups(slo) : exactGroups(slo, interval)));
}
