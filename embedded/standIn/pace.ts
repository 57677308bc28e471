import { setTimeout as sleep } from "node:timers/promises";

export interface Pace {
  /** How long the first change of a burst waits for others. */
  readonly gatherMs: number;
  /** Pause after the work is done, so that changes without end do not make work without end. */
  readonly restMs: number;
}

/**
 * Makes many requests few runs of the work: one at a time, with the pace's pauses, and always one after the last request.
 * @returns asks for a run
 */
export function paced(work: () => Promise<void>, { gatherMs, restMs }: Pace, onFailure: (error: unknown) => void): () => void {
  let isWanted = false;
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (isWanted) {
      await sleep(gatherMs);
      isWanted = false;
      await work();
      await sleep(restMs);
    }
    isRunning = false;
  }

  return () => {
    isWanted = true;
    if (!isRunning) run().catch(onFailure);
  };
}
