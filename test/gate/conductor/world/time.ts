// Virtual time: it passes only while everybody sleeps, tick by tick, and everything happens in the same order every time.

export const TICK_MS = 50;

export interface Time {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves `ms` milliseconds later, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs something `ms` milliseconds later. */
  after(ms: number, run: () => void): void;
  /** Runs something at every tick, behind what is due then. */
  everyTick(run: () => void): void;
}

export interface TimeOptions {
  /** Milliseconds since the epoch. */
  readonly start: number;
  /** Timers fire a little before their time, as real ones may. */
  readonly earlyTimers: boolean;
}

export function virtualTime({ start, earlyTimers }: TimeOptions): Time {
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const schedule: { readonly at: number; readonly run: () => void }[] = [];
  const ticking: (() => void)[] = [];
  let now = start;
  let pumping = false;

  function tick(): void {
    now += TICK_MS;
    for (const event of schedule.filter(({ at }) => at <= now)) {
      schedule.splice(schedule.indexOf(event), 1);
      event.run();
    }
    for (const run of ticking) run();
  }

  /** Lets time pass until the next sleeper's moment, once nobody has anything left to do. */
  function pump(): void {
    if (pumping) return;
    pumping = true;
    setImmediate(() => {
      pumping = false;
      const next = sleepers.sort((a, b) => a.at - b.at)[0];
      if (!next) return;
      while (now < next.at) tick();
      sleepers.splice(sleepers.indexOf(next), 1);
      next.wake();
      if (sleepers.length > 0) pump();
    });
  }

  return {
    now: () => now,
    after: (ms, run) => void schedule.push({ at: now + ms, run }),
    everyTick: (run) => void ticking.push(run),
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const early = earlyTimers && ms > 200 ? 60 : 0;
        const sleeper = { at: now + ms - early, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", () => {
          const at = sleepers.indexOf(sleeper);
          if (at >= 0) sleepers.splice(at, 1);
          resolve();
        });
        pump();
      });
    },
  };
}
