// Where a judgement begins, or is taken up again.
import { isAbout, type Progress } from "./progress.ts";
import { reachHealthy, reachStep } from "./reach.ts";
import type { RolloutView } from "./rollout.ts";
import { abortedElsewhere, type Claim, type Outcome, POLL_SECONDS, readOwn } from "./session.ts";

/** Notes to go on from, and the outcome where there is one before any look. */
export interface Beginning {
  readonly notes: Progress;
  readonly outcome?: Outcome;
}

/**
 * @param view the Rollout, in the template that is to be judged
 * @param judgedRetry the `retry` of the last record there is, of whatever template
 */
export async function begin(claim: Claim, view: RolloutView, judgedRetry: number): Promise<Beginning> {
  const { inputs, lease, of, say } = claim;
  const noted = lease.progress && isAbout(lease.progress, of) ? lease.progress : undefined;
  const again = inputs.retry > Math.max(judgedRetry, noted?.of.retry ?? 0);
  if (noted && !again) {
    say(`going on where the conductor before this one stopped: ${noted.spans.length} of ${of.steps.length} steps begun`);
    return { notes: noted };
  }
  if (view.aborted && !again) return { notes: nothingSeen(claim), outcome: abortedElsewhere(view) };
  if (view.aborted) await clearAbort(claim);

  const reached = claim.first ? await reachHealthy(claim, { judged: false }) : await reachStep(claim, 0);
  if ("verdict" in reached) return { notes: nothingSeen(claim), outcome: reached };
  const now = claim.clock.now() / 1000;
  // The controller's time, the same for every conductor; but what was seen before a retry is not judged twice.
  const origin = again && !view.aborted ? now : (reached.pausedSince ?? now);
  const skipped = Array.from({ length: reached.pausedAt ?? 0 }, () => ({ entered: 0, to: 0 }));
  return { notes: { of, origin, spans: [...skipped, { entered: 0 }] } };
}

function nothingSeen({ of, clock }: Claim): Progress {
  return { of, origin: clock.now() / 1000, spans: [{ entered: 0, to: 0 }] };
}

/** As `kubectl argo rollouts retry rollout` does: the controller starts again with the first step. */
async function clearAbort(claim: Claim): Promise<void> {
  for (let view = await readOwn(claim); view.aborted; view = await readOwn(claim)) {
    await claim.ask((cluster) => cluster.clearAbort(view));
    await claim.wait(POLL_SECONDS);
  }
}
