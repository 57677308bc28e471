// One rollout being conducted: everything the steps and the ends of it work with.
import type { Verdict } from "../types.ts";
import { type Conducting, Stopped } from "./conducting.ts";
import type { Judgement } from "./judgement.ts";
import type { HeldLease } from "./lease.ts";
import type { Progress } from "./progress.ts";
import type { Metrics } from "./prometheus.ts";
import type { RolloutView } from "./rollout.ts";

/** A revision that is looked after. */
export interface Subject extends Conducting {
  readonly of: Progress["of"];
  /** A service's first revision: there is no stable to compare with and nothing to go back to. */
  readonly first: boolean;
}

/** A revision that this conductor may act on. */
export interface Claim extends Subject {
  readonly lease: HeldLease;
}

export interface Session extends Claim {
  readonly metrics: Metrics;
  readonly judgement: Judgement;
}

export interface Outcome {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** How often the Rollout is read while it moves by itself. Seconds. */
export const POLL_SECONDS = 0.25;

/** What was written down. @throws Error when nothing was: a session begins with its notes */
export function notesOf({ lease }: Claim): Progress {
  if (!lease.progress) throw new Error("a session without notes");
  return lease.progress;
}

/** Reads the Rollout and makes sure that it is still the one this is about. @throws Stopped when another template was applied */
export async function readOwn({ ask, of }: Subject): Promise<RolloutView> {
  const view = await ask((cluster) => cluster.rollout());
  const another = view.uid !== of.uid || (view.observed && view.revision !== of.revision);
  if (another) throw new Stopped("another template was applied to the Rollout while this one was judged");
  return view;
}

/** What to say when the Rollout was aborted, and not by a conductor. */
export function abortedElsewhere({ message }: RolloutView): Outcome {
  return { verdict: "rolled back", reason: `the Rollout was aborted, not by the gate${message === "" ? "" : `: ${message}`}` };
}
