// What people read: one line a look, and the message of a refusal. Pure.
import { DEFAULTS } from "../decision/index.ts";
import type { Counts, Decision, Evidence, Look, Plan, Verdict } from "../types.ts";
import type { GateInputs } from "./inputs.ts";
import type { RecordedDecision } from "./record.ts";

/** "echo 1.1.0", for the beginning of every line. */
export function titleOf({ service, image }: Pick<GateInputs, "service" | "image">): string {
  const reference = image.split("/").at(-1) ?? image;
  const [, tag] = /^[^@:]*:([^@]+)/.exec(reference) ?? [];
  const [, digest] = /@(?:sha256:)?(.{1,12})/.exec(reference) ?? [];
  return `${service} ${tag ?? digest ?? reference}`;
}

type Steps = Pick<Plan, "strategy" | "steps">;

/** "step 2/3 25%" or, where requests are copied, "copies 100%" */
export function stepOf({ strategy, steps }: Steps, step: number): string {
  return strategy === "blueGreen" ? `copies ${steps[step]}%` : `step ${step + 1}/${steps.length} ${steps[step]}%`;
}

/** "10%, 25%, 50%" or "copies of 100%" */
export function weightsText({ strategy, steps }: Steps): string {
  return `${strategy === "blueGreen" ? "copies of " : ""}${steps.map((weight) => `${weight}%`).join(", ")}`;
}

/**
 * What one look saw and what the rule says to it. Counts are bad/total of this step so far; E and good are given with the value at which
 * they decide: E/100 rolls back, good/20 goes on.
 */
export function lookLine(plan: Plan, looks: readonly Look[], decision: Decision): string {
  const look = looks.at(-1);
  if (!look) return "no look yet";
  const inStep = looks.filter(({ step }) => step === look.step);
  const { alpha = DEFAULTS.alpha, beta = DEFAULTS.beta } = plan;
  const slis = plan.slis.map(({ name }) => {
    if (!look.slis[name]) return `${name} blind`;
    const { canary, stable } = totals(inStep, name);
    const word = decision.against[name] === "stable" ? "stable is over its limit, judging against stable: better" : "good";
    const good = `${word} ${short(decision.good[name] ?? 0)}/${compact(Math.log(1 / beta))}`;
    return `${name} ${ratio(canary).padEnd(6)} ${good.padEnd(12)} stable ${ratio(stable).padEnd(7)}`;
  });
  const parts = [
    `${stepOf(plan, look.step)}  look ${String(looks.length).padEnd(2)}`,
    `E ${`${compact(decision.logE)}/${compact(Math.log(1 / alpha))}`.padEnd(8)}`,
    ...slis,
    decision.decision,
  ];
  return parts.join("  ");
}

/** Why a rollback: the largest term and the counts behind it. */
export function rollbackReason(plan: Plan, looks: readonly Look[], decision: Decision): string {
  const { sli: name, test, log } = largestTerm(decision);
  const sli = plan.slis.find((s) => s.name === name);
  const { canary, stable } = totals(looks, name);
  const bound =
    test === "limit"
      ? `over its limit of ${percent(sli?.limit ?? 0)}`
      : `more than ${sli?.tolerance ?? DEFAULTS.tolerance} times as bad as stable`;
  return (
    `${name}: the canary is ${bound}: ${ratio(canary)} bad (${share(canary)}), stable ${ratio(stable)} (${share(stable)}); ` +
    `e = ${compact(log)}, E = ${compact(decision.logE)}, rollback at ${compact(Math.log(1 / (plan.alpha ?? DEFAULTS.alpha)))}`
  );
}

/** The SLI on whose evidence a canary was found worse: the one that the reason names. Undefined where the evidence decided nothing. */
export function decidedBy(decision: RecordedDecision): string | undefined {
  return decision.decision === "rollback" ? largestTerm(decision).sli : undefined;
}

/** The term that weighs most against the canary. */
function largestTerm({ terms }: Pick<RecordedDecision, "terms">): { readonly sli: string; readonly test: string; readonly log: number } {
  const [largest] = Object.entries(terms).sort(([, a], [, b]) => (b ?? Number.NEGATIVE_INFINITY) - (a ?? Number.NEGATIVE_INFINITY));
  const [term, log] = largest ?? ["/", null];
  const slash = term.lastIndexOf("/");
  return { sli: term.slice(0, slash), test: term.slice(slash + 1), log: log ?? Number.NEGATIVE_INFINITY };
}

/** Why a promotion: what every SLI showed over the whole rollout. */
export function promotedReason(plan: Plan, looks: readonly Look[]): string {
  const slis = plan.slis.map(({ name, limit }) => `${name} ${ratio(totals(looks, name).canary)} bad (limit ${percent(limit)})`);
  return `good at ${weightsText(plan)}: ${slis.join(", ")}`;
}

/** Why no verdict yet: what the evidence still lacks. */
export function undecidedReason(plan: Plan, decision: Decision): string {
  const enough = Math.log(1 / (plan.beta ?? DEFAULTS.beta));
  const short = plan.slis.filter(({ name }) => (decision.good[name] ?? 0) < enough);
  if (short.length > 0)
    return `not enough evidence: ${short.map(({ name }) => `${name} good ${compact(decision.good[name] ?? 0)} of ${compact(enough)}`).join(", ")}`;
  return `the evidence leans towards worse: E = ${compact(decision.logE)}`;
}

export interface Ending {
  readonly inputs: GateInputs;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly evidence: Evidence;
  readonly blind: Readonly<Record<string, number>>;
  /** What the operator can do now, one line each. */
  readonly next: readonly string[];
}

/** The message of a refusal: the verdict and why, the evidence as a table, what to do next. */
export function refusalMessage({ inputs, verdict, reason, evidence, blind, next }: Ending): string {
  const { plan, looks } = evidence;
  const rows = plan.slis.map(({ name, limit }) => {
    const { canary, stable } = totals(looks, name);
    return [name, ratio(canary), share(canary), ratio(stable), share(stable), percent(limit), String(blind[name] ?? 0)];
  });
  const header = ["SLI", "canary bad/total", "share", "stable bad/total", "share", "limit", "blind looks"];
  const seen = looks.length > 0 ? [table([header, ...rows])] : [];
  return [`${titleOf(inputs)} ${verdict}: ${reason}`, ...seen, ...next.map((line) => `-> ${line}`)].join("\n");
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `   ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd()).join("\n");
}

/** An SLI's counts over all of `looks`. */
export function totals(looks: readonly Look[], sli: string): { readonly canary: Counts; readonly stable: Counts } {
  const sum = (of: "canary" | "stable"): Counts => {
    const windows = looks.flatMap(({ slis }) => slis[sli]?.[of] ?? []);
    return { total: windows.reduce((n, w) => n + w.total, 0), bad: windows.reduce((n, w) => n + w.bad, 0) };
  };
  return { canary: sum("canary"), stable: sum("stable") };
}

function ratio({ bad, total }: Counts): string {
  return `${bad}/${total}`;
}

function share({ bad, total }: Counts): string {
  return total === 0 ? "-" : percent(bad / total);
}

export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))}%`;
}

/** e from its logarithm where only the way to a small bound matters. */
function short(log: number): string {
  const value = Math.exp(log);
  return value >= 1000 ? ">999" : value >= 10 ? String(Math.round(value)) : value.toFixed(1);
}

/** e from its logarithm, in few digits: 0.004, 31, 2e5. Far beyond what a double holds it is given as a power of e. */
function compact(log: number): string {
  const value = Math.exp(log);
  if (!Number.isFinite(value)) return `e^${Math.round(log)}`;
  if (value >= 10_000 || (value > 0 && value < 0.001)) return value.toExponential(0).replace("+", "");
  return String(Number(value.toPrecision(value >= 100 ? 3 : 2)));
}
