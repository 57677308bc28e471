// Which windows burn is measured over, and how fast it has to be: SRE workbook, chapter 5, in the numbers of Google and Sloth.
import type { Slo } from "../slo.ts";
import { DAY, HOUR, MINUTE } from "./units.ts";

/** From the fastest burn, told within minutes, to the slowest. */
export const BURN_TIERS = ["page-quick", "page-slow", "ticket-quick", "ticket-slow"] as const;
export type BurnTier = (typeof BURN_TIERS)[number];

export type Severity = "page" | "ticket";

/** An alert fires while the bad ratio is above `factor` times the error budget over both windows. */
export interface WindowPair {
  readonly tier: BurnTier;
  readonly severity: Severity;
  /** Seconds: enough evidence. */
  readonly long: number;
  /** Seconds, a twelfth of the long one: it still goes on. */
  readonly short: number;
  /** Percent of the period's error budget that burn of this speed spends within the long window. */
  readonly budgetPercent: number;
  /** Burn rate: 1 spends the budget in exactly the period. */
  readonly factor: number;
}

/** Budget percents of an objective over a week, and over four weeks or more (Sloth's shipped tables for 7, 28 and 30 days). */
const TIERS = [
  { tier: "page-quick", severity: "page", long: HOUR, short: 5 * MINUTE, week: 8, month: 2 },
  { tier: "page-slow", severity: "page", long: 6 * HOUR, short: 30 * MINUTE, week: 12.5, month: 5 },
  { tier: "ticket-quick", severity: "ticket", long: DAY, short: 2 * HOUR, week: 20, month: 10 },
  { tier: "ticket-slow", severity: "ticket", long: 3 * DAY, short: 6 * HOUR, week: 42, month: 10 },
] as const;

/** Later than at half of the budget a warning is of little use. */
const MOST_BUDGET_PERCENT = 50;

/** A budget that is spent this slowly lasts for the period: nothing to be told of. (Sloth's slowest is 0.93, over 28 days.) */
const SLOWEST_FACTOR = 0.9;

/**
 * The window pairs of an objective over so many days, fastest first: `factor = budget share x period / long window`. Objectives over a few
 * days have fewer than four, because the long windows say nothing before the budget is gone.
 */
export function windowPairs(days: number): readonly WindowPair[] {
  return TIERS.map(({ week, month, ...windows }) => {
    const budgetPercent = Math.min(MOST_BUDGET_PERCENT, shareOf(days, week, month));
    return { ...windows, budgetPercent, factor: ((budgetPercent / 100) * days * DAY) / windows.long };
  }).filter(({ factor, long }) => factor >= SLOWEST_FACTOR && long <= days * DAY);
}

/** Between the tables the percents go over into each other as a power of the days, which is continuous and meets both. */
function shareOf(days: number, week: number, month: number): number {
  if (days >= 28) return month;
  return week * (7 / days) ** (Math.log(week / month) / Math.log(4));
}

/** Days that burn rates of an SLO refer to. A calendar month counts as 30: its alerts must not change on the first of March. */
export function daysOf({ window }: Slo): number {
  return "days" in window ? window.days : 30;
}

/** Every window that pairs are measured over, shortest first. */
export function windowsOf(pairs: readonly WindowPair[]): readonly number[] {
  return [...new Set(pairs.flatMap(({ short, long }) => [short, long]))].sort((a, b) => a - b);
}
