// Counters as a scrape finds them, and an SLO over them.
import type { Slo } from "../../../../charts/slo/slo.ts";

/** 99.9 % of jobs over 30 days, of two counters without labels. */
export const jobs: Slo = {
  name: "done",
  service: "jobs",
  objective: 99.9,
  window: { days: 30 },
  sli: { type: "counters", bad: "failed", total: "jobs" },
};

/** So many samples, each so much more than the one before. */
export interface Stretch {
  readonly samples: number;
  readonly rise: number;
}

/** A counter that begins at 0 and goes through these stretches, in promtool's notation. */
export function counter(...stretches: readonly Stretch[]): string {
  let value = 0;
  const texts = stretches.map(({ samples, rise }) => {
    const text = `${value + rise}+${rise}x${samples - 1}`;
    value += rise * samples;
    return text;
  });
  return ["0", ...texts].join(" ");
}

/** So many scrapes without the series; every one after the first of them finds it gone. */
export function gone(samples: number): string {
  return `stale _x${samples - 1}`;
}

/** So many scrapes before the series begins. */
export function absent(samples: number): string {
  return `_x${samples}`;
}
