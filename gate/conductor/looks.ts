// The looks of one step: which windows of the history count, and from when. Pure: the same whoever looks and whenever.
import type { Counts, Look, Plan, SliWindow } from "../types.ts";
import { type History, windowOf } from "./history.ts";

/** The time grid of a rollout: a look every `lookSeconds` from the moment the canary's first step began. */
export interface Grid {
  /** Seconds since the epoch. */
  readonly origin: number;
  readonly lookSeconds: number;
}

/** When the Rollout stood at a step, in seconds since the origin. */
export interface Span {
  /** Since when the controller has been at the step's weight. */
  readonly entered: number;
  /** The look after which it was moved on; none while it stands there. */
  readonly to?: number;
}

export interface StepLooks {
  /** When the step's clock started, seconds since the origin; none while the canary's share of the traffic is not seen. */
  readonly startedAt?: number;
  readonly looks: readonly Look[];
  /** Requests since the step was entered, until the clock starts: what there is to see of the share. */
  readonly before: { readonly canary: number; readonly stable: number };
}

/** After this long at a weight any request of the canary starts the clock: a share that stays too small must not hide a fault. */
const PATIENCE_SECONDS = 10;

/** So long copies warm the canary up: they come all at once to processes that have just started, and its users will meet warm ones. */
const WARM_UP_SECONDS = 5;

/**
 * The looks of `step` whose time has come.
 *
 * The step's clock starts where the first window begins in which the canary's share of the requests is nearer to this
 * step's weight than to the one before it. Windows before that are no evidence: the weight is on its way through the mesh.
 * Of copies the first ones do not count either: WARM_UP_SECONDS.
 * A step at full weight from the start has no share to tell that by: there it is the time after which no sample is older
 * than the step. Until then, what the mesh itself answered while it had no pod to ask would count against the revision.
 * @param until up to when the history may be used, seconds since the epoch
 */
export function stepLooks(history: History, plan: Plan, step: number, span: Span, grid: Grid, until: number): StepLooks {
  const stale = staleAfter(history, grid.lookSeconds);
  const share = shareSeen(plan, step);
  const warmUp = plan.strategy === "blueGreen" ? WARM_UP_SECONDS : 0;
  const clear = span.entered + (isFullWeight(plan, step) ? stale : 0);
  const measure = (from: number, to: number) =>
    Object.fromEntries(
      plan.slis.flatMap(({ name }) => {
        const window = windowOf(history, name, grid.origin + from, grid.origin + to, stale);
        return window ? [[name, window] as const] : [];
      }),
    );
  const looks: Look[] = [];
  const before = { canary: 0, stable: 0 };
  let seenSince: number | undefined;
  let startedAt: number | undefined;
  let from = span.entered;
  for (const at of gridPoints(grid, span.entered, Math.min(span.to ?? Number.POSITIVE_INFINITY, until - grid.origin))) {
    if (from < clear) {
      from = at;
      continue;
    }
    const slis = measure(from, at);
    if (startedAt === undefined) {
      const seen = requests(slis);
      if (seen && seen.canary + seen.stable === 0) continue;
      before.canary += seen?.canary ?? 0;
      before.stable += seen?.stable ?? 0;
      if (seen && share(seen, at - span.entered)) seenSince ??= from;
      if (seenSince !== undefined && from >= seenSince + warmUp) startedAt = from;
    }
    if (startedAt !== undefined) looks.push({ at, step, stepStartedAt: startedAt, slis });
    from = at;
  }
  return { looks, before, ...(startedAt !== undefined && { startedAt }) };
}

/** Times of looks in (after, to], in seconds since the origin. */
function* gridPoints({ lookSeconds }: Grid, after: number, to: number): Generator<number> {
  for (let k = Math.floor(after / lookSeconds) + 1; ; k++) {
    const at = milliseconds(k * lookSeconds);
    if (at > to) return;
    yield at;
  }
}

/** The looks in (after, until] that got no answer: blind in everything. `after` in seconds since the origin, `until` since the epoch. */
export function lateLooks(grid: Grid, step: number, stepStartedAt: number, after: number, until: number): readonly Look[] {
  return [...gridPoints(grid, after, until - grid.origin)].map((at) => ({ at, step, stepStartedAt, slis: {} }));
}

/** The last look at or before a moment. Both in seconds since the epoch. */
export function lookBefore({ origin, lookSeconds }: Grid, moment: number): number {
  return milliseconds(origin + Math.floor((moment - origin) / lookSeconds + 1e-6) * lookSeconds);
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** Age from which on the newest sample says nothing: two and a half scrapes, and never less than two looks. */
function staleAfter({ interval }: History, lookSeconds: number): number {
  return Math.max(2 * lookSeconds, 2.5 * (interval ?? lookSeconds));
}

function isFullWeight({ strategy, steps }: Plan, step: number): boolean {
  return strategy !== "blueGreen" && step === 0 && steps[0] === 100;
}

/** Whether a window shows the canary at the weight of `step`: nearer to it than to the weight before. Of copies a single one shows it. */
function shareSeen({ strategy, steps }: Plan, step: number): (seen: { canary: number; stable: number }, seconds: number) => boolean {
  const midpoint = strategy === "blueGreen" ? 0 : ((steps[step - 1] ?? 0) + (steps[step] ?? 100)) / 200;
  return ({ canary, stable }, seconds) => canary > 0 && (canary / (canary + stable) >= midpoint || seconds > PATIENCE_SECONDS);
}

/** All requests of a window, by the SLI that counted the most; undefined when every SLI was blind. */
function requests(slis: Readonly<Record<string, SliWindow>>): { canary: number; stable: number } | undefined {
  const size = ({ canary, stable }: { canary: Counts; stable: Counts }) => canary.total + stable.total;
  const windows = Object.values(slis).sort((a, b) => size(b) - size(a));
  return windows[0] && { canary: windows[0].canary.total, stable: windows[0].stable.total };
}
