// The gate's plain data: what a plan, a look, a decision and a record are. No I/O, no behaviour.

/** Requests of one revision in one window: how many there were and how many of them were bad. */
export interface Counts {
  readonly total: number;
  readonly bad: number;
}

/** What one SLI measured in one window. A window in which it could not be measured has no entry at all (the SLI was blind). */
export interface SliWindow {
  readonly canary: Counts;
  readonly stable: Counts;
}

/** One service level indicator as the decision sees it: a name and two numbers. */
export interface SliPlan {
  readonly name: string;
  /** Share of bad requests that is not tolerated, in (0, 1). */
  readonly limit: number;
  /** How many times as bad as stable the canary may be before that counts against it. @default 1.5 */
  readonly tolerance?: number;
}

/** How a rollout is judged. Times are seconds. */
export interface Plan {
  /** canary: steps are shares of the users' requests. blueGreen: the one step is the share of requests that is copied. @default "canary" */
  readonly strategy?: "canary" | "blueGreen";
  /** Canary weights in percent, rising, each in (0, 100]. A first revision has the single step 100. */
  readonly steps: readonly number[];
  /** Chance that a healthy rollout is rolled back, over the whole rollout. @default 0.01 */
  readonly alpha?: number;
  /** Chance that one step of a rollout at its limit is taken for good. @default 0.05 */
  readonly beta?: number;
  /** Shortest time at each weight, in seconds. @default 15 */
  readonly minStep?: number;
  readonly slis: readonly SliPlan[];
}

/** What was seen in the window that ends at `at`. */
export interface Look {
  /** Seconds since the canary started. */
  readonly at: number;
  /** Index into the plan's steps. */
  readonly step: number;
  /** When the step's clock started, seconds since the canary started; without it the step started at its first look. */
  readonly stepStartedAt?: number;
  /** By SLI name; an SLI left out was blind in this window. */
  readonly slis: Readonly<Record<string, SliWindow>>;
}

/** The evidence of one rollout, as every record contains it and `sluice replay` reads it. */
export interface Evidence {
  readonly version: 1;
  readonly plan: Plan;
  readonly looks: readonly Look[];
}

export type Against = "limit" | "stable";

/** What the rule says at one look. */
export interface Decision {
  readonly decision: "rollback" | "advance" | "wait";
  /** Index of the look it was drawn at. */
  readonly look: number;
  readonly logE: number;
  /** ln e by "<sli>/limit" and "<sli>/comparison". */
  readonly terms: Readonly<Record<string, number>>;
  /** ln e of `good`, or of `better` where the SLI is judged against stable, by SLI. */
  readonly good: Readonly<Record<string, number>>;
  readonly against: Readonly<Record<string, Against>>;
}

export type Verdict = "promoted" | "rolled back" | "held";
