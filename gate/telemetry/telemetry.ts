// Tells Prometheus how a rollout stands. Whatever becomes of that, the rollout goes on as without it.
import { exportRequest } from "./otlp.ts";
import type { Push } from "./push.ts";
import { type AfterLook, type Ended, lookSamples, type Missed, type Rollout, type Sample, verdictSamples } from "./series.ts";

export interface Telemetry {
  /**
   * Tells how the rollout stands; returns at once, and never throws.
   * @param missed why there was nothing to judge this time, if so
   */
  looked(of: Rollout, after: Omit<AfterLook, "missed">, missed?: Missed): void;
  /** Tells the verdict and ends what was told before. Resolves when that was taken, at the latest after a second; never rejects. */
  ended(of: Rollout, ended: Ended): Promise<void>;
}

export interface TelemetryParts {
  /** None: nobody is told. */
  readonly push: Push | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** One line for the operator, the first time that something was not taken. */
  readonly notice: (line: string) => void;
}

/** How long Prometheus may take, for one export and for all that is left to send at the end. */
const DEADLINE_MS = 1000;

export function telemetryOver({ push, now, notice }: TelemetryParts): Telemetry {
  if (push === undefined) return { looked: () => undefined, ended: () => Promise.resolve() };
  const missedSoFar = { silent: 0, "no share": 0 };
  let told: readonly Sample[] = [];
  let noticed = false;
  // One export after the other: Prometheus refuses a sample that is older than the one before it.
  let line = Promise.resolve();
  let newest = 0;

  const complain = (error: unknown): void => {
    if (!noticed) notice(`the boards see nothing of this rollout: ${reasonOf(error)}. Its verdict does not depend on that.`);
    noticed = true;
  };

  /** Sends what holds at a moment, and the end of what was told before and does not hold any more. */
  const send = async (samples: readonly Sample[], at: number): Promise<void> => {
    const still = new Set(samples.map(seriesOf));
    const ended = told.filter((sample) => !still.has(seriesOf(sample)));
    told = samples;
    const stop = new AbortController();
    try {
      await within(DEADLINE_MS, push(exportRequest(samples, ended, at), stop.signal));
    } catch (error) {
      complain(error);
    } finally {
      stop.abort();
    }
  };

  return {
    looked(of, after, missed) {
      if (missed !== undefined) missedSoFar[missed]++;
      const samples = lookSamples(of, { ...after, missed: { ...missedSoFar } });
      const at = now();
      const number = ++newest;
      // A look that a newer one has overtaken meanwhile is left out.
      line = line.then(() => (number === newest ? send(samples, at) : undefined));
    },
    async ended(of, ended) {
      const at = now();
      line = line.then(() => send(verdictSamples(of, ended, at / 1000), at));
      await within(DEADLINE_MS, line).catch(complain);
    },
  };
}

function seriesOf({ name, labels }: Sample): string {
  return JSON.stringify([name, labels]);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : "no reason given";
}

/** Settles as `work` does, or rejects when that takes longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Prometheus did not answer in ${ms / 1000} s`)), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
