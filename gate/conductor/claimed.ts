// The part of a rollout that only the holder of the Lease may do.
import type { Plan } from "../types.ts";
import { begin } from "./begin.ts";
import { startCopies, stopCopies } from "./copies.ts";
import type { Connections } from "./edges.ts";
import { carryOut, type Draft } from "./ends.ts";
import { judgement } from "./judgement.ts";
import { type HeldLease, takeLease } from "./lease.ts";
import { lookBefore } from "./looks.ts";
import type { RolloutView } from "./rollout.ts";
import { type Claim, notesOf, type Outcome, type Session, type Subject } from "./session.ts";
import { look, SETTLE_SECONDS } from "./step.ts";
import { conductSteps } from "./steps.ts";
import { sourceOf } from "./strategy.ts";

/** The Lease is kept at least this often while time passes. */
const KEEP_SECONDS = 1;

/** Takes the Lease, judges, acts, and lets the Lease go. @param draft is filled with what becomes known for the record */
export async function claimed(
  subject: Subject,
  connections: Connections,
  draft: Draft,
  view: RolloutView,
  plan: Plan,
  judgedRetry: number,
): Promise<Outcome> {
  const lease = await takeLease(subject, view.uid);
  draft.claimed = true;
  try {
    const claim: Claim = { ...subject, lease, wait: keeping(subject, lease) };
    const { notes, outcome } = await begin(claim, view, judgedRetry);
    const judging = judgement(plan, { origin: notes.origin, lookSeconds: subject.inputs.lookSeconds });
    draft.judgement = judging;
    await lease.save(notes);
    const metrics = connections.metrics(sourceOf(subject.inputs, subject.first, subject.of.revision));
    const session: Session = { ...claim, judgement: judging, metrics };
    return await carryOut(session, await decided(session, outcome));
  } finally {
    await lease.release().catch(() => undefined); // lost, or the API server is away: it expires by itself
  }
}

/** Requests are copied for no longer than somebody looks: not while a rollout is held, and not once it has its verdict. */
async function decided(session: Session, known: Outcome | undefined): Promise<Outcome> {
  if (session.inputs.strategy !== "blueGreen") return judged(session, known);
  try {
    return await judged(session, known);
  } finally {
    await session.lease.save(notesOf(session)); // whoever has the Lease by now copies for itself
    await stopCopies(session);
  }
}

async function judged(session: Session, known: Outcome | undefined): Promise<Outcome> {
  const before = known ?? (await decidedBefore(session));
  if (before) return before;
  if (session.inputs.strategy === "blueGreen" && !session.first) await startCopies(session);
  return conductSteps(session);
}

/** A verdict that an earlier conductor came to and could not carry out, with the evidence it was drawn from. */
async function decidedBefore(session: Session): Promise<Outcome | undefined> {
  const { ended } = notesOf(session);
  if (ended) await look(session, lookBefore(session.judgement.grid, session.clock.now() / 1000 - SETTLE_SECONDS));
  return ended;
}

function keeping({ wait }: Subject, lease: HeldLease): Claim["wait"] {
  return async (seconds) => {
    for (let left = seconds; left > 1e-9; left -= KEEP_SECONDS) {
      await wait(Math.min(left, KEEP_SECONDS));
      await lease.keep();
    }
  };
}
