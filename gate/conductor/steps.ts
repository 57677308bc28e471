// From step to step until there is an outcome.
import { reachStep } from "./reach.ts";
import { promotedReason } from "./report.ts";
import { notesOf, type Outcome, type Session } from "./session.ts";
import { judgeStep } from "./step.ts";

/** Judges the steps from where the notes say the Rollout stands. Every move is written down before it is made. */
export async function conductSteps(session: Session): Promise<Outcome> {
  const { judgement, lease } = session;
  for (;;) {
    const notes = notesOf(session);
    const step = notes.spans.length - 1;
    const span = notes.spans[step];
    if (span?.to !== undefined) {
      const entered = await enter(session, step + 1, span.to);
      if (entered) return entered;
      continue;
    }
    const result = await judgeStep(session, step);
    if (typeof result === "object") return result;
    if (result === "advance" && step === judgement.plan.steps.length - 1) {
      return { verdict: "promoted", reason: promotedReason(judgement.plan, judgement.looks) };
    }
    const last = judgement.looks.at(-1);
    const to = last?.step === step ? last.at : (span?.entered ?? 0);
    await lease.save({ ...notes, spans: notes.spans.with(step, { entered: span?.entered ?? 0, to }) });
  }
}

/** Brings the Rollout to `step` and notes when it got there. Steps that somebody else went past by hand have no looks. */
async function enter(session: Session, step: number, before: number): Promise<Outcome | undefined> {
  const reached = await reachStep(session, step);
  if ("verdict" in reached) return reached;
  const notes = notesOf(session);
  const { pausedAt = step, pausedSince = session.clock.now() / 1000 } = reached;
  const entered = Math.max(pausedSince - notes.origin, before);
  const skipped = Array.from({ length: pausedAt - step }, () => ({ entered: before, to: before }));
  await session.lease.save({ ...notes, spans: [...notes.spans, ...skipped, { entered }] });
  return undefined;
}
