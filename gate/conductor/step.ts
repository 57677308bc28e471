// One step: looking until the rule, or the deadline, says what to do.
import { lookBefore } from "./looks.ts";
import { Silent } from "./prometheus.ts";
import { outOfTime } from "./reach.ts";
import { lookLine, rollbackReason, stepOf, titleOf, undecidedReason } from "./report.ts";
import { abortedElsewhere, notesOf, type Outcome, readOwn, type Session } from "./session.ts";

/** How old a look's evaluation time is when it is made: by then every scrape that began before it has been stored. */
export const SETTLE_SECONDS = 0.5;

/** Looks at the step the Rollout stands at. "advance": its evidence is enough; "moved": somebody else moved the Rollout on. */
export async function judgeStep(session: Session, step: number): Promise<"advance" | "moved" | Outcome> {
  const { inputs, clock, wait, judgement, first } = session;
  const until = clock.now() + inputs.deadlineSeconds * 1000;
  for (;;) {
    const due = lookBefore(judgement.grid, clock.now() / 1000 - SETTLE_SECONDS);
    const silent = await look(session, due);
    const { decision, looks, over } = judgement;
    show(session, step, until / 1000, silent !== undefined);
    if (decision.decision === "rollback") return rollback(session);
    const view = await readOwn(session);
    if (!first) {
      if (view.aborted) return abortedElsewhere(view);
      if (view.revision === view.stable) return { verdict: "held", reason: "the Rollout was promoted past the gate" };
      if (view.pausedAt !== undefined && view.pausedAt > step) return "moved";
      if (view.pausedAt !== undefined && view.pausedAt < step)
        return { verdict: "held", reason: "the Rollout was set back to an earlier step" };
    }
    if (over || (!silent && decision.decision === "advance" && looks.at(-1)?.step === step)) return "advance";
    if (clock.now() >= until) {
      judgement.giveUp(notesOf(session), clock.now() / 1000 - SETTLE_SECONDS);
      return outOfTime(
        session,
        `${stepOf(judgement.plan, step)}: no verdict in ${inputs.deadlineSeconds} s: ${silent ?? whyUndecided(session)}`,
      );
    }
    const next = Math.min(due + judgement.grid.lookSeconds + SETTLE_SECONDS, until / 1000);
    await wait(next - clock.now() / 1000);
  }
}

/** Reads up to `due`, the newest look whose time has come, and judges it. Returns why that was not possible. */
export async function look(session: Session, due: number): Promise<string | undefined> {
  const { inputs, say, judgement, metrics } = session;
  const { grid, plan } = judgement;
  const progress = notesOf(session);
  const step = progress.spans.length - 1;
  try {
    // The first reading ends where the canary began, so that it is the same whoever makes it and whenever.
    for (const to of [grid.origin, due]) {
      if (to > judgement.readFrom && judgement.take(await metrics.read(judgement.readFrom, to), progress)) {
        say(`${titleOf(inputs)}  ${lookLine(plan, judgement.looks, judgement.decision)}`);
      }
    }
  } catch (error) {
    if (!(error instanceof Silent)) throw error;
    say(`${titleOf(inputs)}  ${stepOf(plan, step)}  at ${Math.round(due - grid.origin)} s  blind: ${error.message}`);
    return error.message;
  }
  const { startedAt, before } = judgement.current;
  if (startedAt === undefined && !judgement.over) {
    say(
      `${titleOf(inputs)}  ${stepOf(plan, step)}  waiting for the canary's share: ${before.canary} of ${before.canary + before.stable} requests`,
    );
  }
  return undefined;
}

function show({ telemetry, inputs, of, judgement }: Session, step: number, deadline: number, silent: boolean): void {
  const { namespace, service } = inputs;
  const { plan, looks, decision, current } = judgement;
  const missed = silent ? "silent" : current.startedAt === undefined ? "no share" : undefined;
  telemetry.looked({ namespace, service, revision: of.revision }, { plan, looks, decision, step, deadline }, missed);
}

function rollback({ judgement: { plan, looks, decision }, first }: Session): Outcome {
  const reason = rollbackReason(plan, looks, decision);
  return first
    ? { verdict: "held", reason: `${reason}; this is the first revision: there is nothing to go back to` }
    : { verdict: "rolled back", reason };
}

function whyUndecided({ judgement: { plan, decision, current } }: Session): string {
  if (current.startedAt !== undefined) return undecidedReason(plan, decision);
  const { canary, stable } = current.before;
  return canary + stable === 0
    ? "the service had no requests"
    : `the canary's share was not seen: ${canary} of ${canary + stable} requests`;
}
