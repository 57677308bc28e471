// What every part of the conductor works with: its clock, its voice, the cluster, and when to stop.
import type { Telemetry } from "../telemetry/telemetry.ts";
import type { Cluster } from "./cluster.ts";
import type { GateInputs } from "./inputs.ts";
import { Unavailable } from "./kube.ts";

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The conductor must not act any more. The Rollout stays as it is and can be taken up again. */
export class Stopped extends Error {}

export interface Conducting {
  readonly inputs: GateInputs;
  readonly clock: Clock;
  /** Who conducts: host/pid/start. */
  readonly identity: string;
  /** Tells the operator. A line that says the same as the one before it is left out. */
  readonly say: (line: string) => void;
  /** Asks the cluster, again and again while the API server does not answer. @throws Stopped when it stays silent */
  readonly ask: <T>(question: (cluster: Cluster) => Promise<T>) => Promise<T>;
  /** Lets `seconds` pass. @throws Stopped as soon as there is a reason to stop */
  readonly wait: (seconds: number) => Promise<void>;
  /** Shows how the rollout stands to whoever watches. */
  readonly telemetry: Telemetry;
}

export interface ConductingParts {
  readonly inputs: GateInputs;
  readonly clock: Clock;
  readonly identity: string;
  readonly cluster: Cluster;
  readonly output: (line: string) => void;
  /** Aborted when the operator or the engine wants the conductor to stop; its reason says who. */
  readonly signal: AbortSignal;
  /** Why the engine that asked for this rollout is gone; undefined while it lives. */
  readonly engineGone: () => Promise<string | undefined>;
  readonly telemetry: Telemetry;
}

/** How long the API server may be silent (a restart, an upgrade) before the conductor gives up. */
const SILENCE_SECONDS = 180;
const LONGEST_PAUSE_SECONDS = 4;
/** Longest time between two looks at whether to stop. */
const PIECE_SECONDS = 1;

export function conductingWith(parts: ConductingParts): Conducting {
  const { inputs, clock, identity, cluster, output, signal, engineGone, telemetry } = parts;
  let said = "";
  const say = (line: string) => {
    if (line !== said) output(line);
    said = line;
  };

  async function wait(seconds: number): Promise<void> {
    for (let left = seconds; left > 1e-9; left -= PIECE_SECONDS) {
      await clock.sleep(Math.min(left, PIECE_SECONDS) * 1000, signal);
      if (signal.aborted) throw new Stopped(String(signal.reason));
      const gone = await engineGone();
      if (gone !== undefined) throw new Stopped(gone);
    }
  }

  async function ask<T>(question: (cluster: Cluster) => Promise<T>): Promise<T> {
    const since = clock.now();
    for (let pause = 0.25; ; pause = Math.min(2 * pause, LONGEST_PAUSE_SECONDS)) {
      try {
        const answer = await question(cluster);
        if (pause > 0.25) say("the API server answers again");
        return answer;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        const silent = (clock.now() - since) / 1000;
        if (silent >= SILENCE_SECONDS) throw new Stopped(`the API server did not answer for ${Math.round(silent)} s: ${error.message}`);
        say(`the API server does not answer (${error.message}): trying again`);
        await wait(pause);
      }
    }
  }

  return { inputs, clock, identity, say, ask, wait, telemetry };
}
