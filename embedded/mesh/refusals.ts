import type { Log } from "../standIn/index.ts";

/** How often Envoy took and refused an update, by what the update was of ("http.gateway.rds.mesh", "cluster.pods-07"). */
export type UpdateCounts = ReadonlyMap<string, { readonly taken: number; readonly refused: number }>;

/** Reads Envoy's plain statistics, one "name: number" a line. */
export function readUpdateCounts(stats: string): UpdateCounts {
  const counts = new Map<string, { taken: number; refused: number }>();
  for (const [, what = "", outcome, number] of stats.matchAll(/^(.+)\.update_(success|rejected): (\d+)$/gm)) {
    const count = counts.get(what) ?? { taken: 0, refused: 0 };
    counts.set(what, { ...count, [outcome === "success" ? "taken" : "refused"]: Number(number) });
  }
  return counts;
}

/**
 * What Envoy refused and has not yet had replaced by something it takes, given the counts of two looks and what was refused at the
 * first. Counts that have gone down are of a new Envoy, which has refused nothing but what it counts.
 */
export function refusedNow(before: UpdateCounts, now: UpdateCounts, refusedBefore: ReadonlySet<string>): ReadonlySet<string> {
  const refused = new Set<string>();
  for (const [what, count] of now) {
    const last = before.get(what) ?? { taken: 0, refused: 0 };
    const isNew = count.taken < last.taken || count.refused < last.refused;
    const since = isNew ? count : { taken: count.taken - last.taken, refused: count.refused - last.refused };
    if (since.refused > 0 || (!isNew && refusedBefore.has(what) && since.taken === 0)) refused.add(what);
  }
  return refused;
}

/** Looks after Envoy, for as long as the process lives: does it take what is written for it? */
export interface Refusals {
  /** Why Envoy does not serve what the cluster asks for; undefined when it does. */
  reason(): string | undefined;
}

const LOOK_MS = 1000;

/** Asks Envoy's admin interface every second. An Envoy that does not answer is starting or being restarted: no news. */
export function watchRefusals(adminPort: number, log: Log): Refusals {
  const url = `http://127.0.0.1:${adminPort}/stats?filter=update_(success|rejected)$`;
  let counts: UpdateCounts = new Map();
  let refused: ReadonlySet<string> = new Set();

  async function look(): Promise<void> {
    const answer = await fetch(url, { signal: AbortSignal.timeout(LOOK_MS) }).catch(() => undefined);
    if (!answer?.ok) return;
    const now = readUpdateCounts(await answer.text());
    const next = refusedNow(counts, now, refused);
    for (const what of next) if (!refused.has(what)) log("error", `Envoy refused an update of ${what}; its own log says why`);
    for (const what of refused) if (!next.has(what)) log("info", `Envoy took an update of ${what}`);
    [counts, refused] = [now, next];
  }

  setInterval(() => void look(), LOOK_MS).unref();
  return {
    reason: () =>
      refused.size === 0 ? undefined : `Envoy refused the last update of ${[...refused].join(", ")} and serves the one before`,
  };
}
