// How a rollout ends: carried out in the cluster, and told in one record.
import { decide } from "../decision/index.ts";
import type { Evidence } from "../types.ts";
import type { Conducting } from "./conducting.ts";
import type { GateInputs } from "./inputs.ts";
import { blindLooks, evidenceOf, type Judgement } from "./judgement.ts";
import { reachHealthy } from "./reach.ts";
import { type GateRecord, GateRefusal, recordedDecision } from "./record.ts";
import { refusalMessage, titleOf } from "./report.ts";
import { notesOf, type Outcome, POLL_SECONDS, readOwn, type Session } from "./session.ts";
import { planOf } from "./strategy.ts";

/** How long the controller and the mesh may take to bring all traffic back. */
const BACK_SECONDS = 60;

/** Carries an outcome out: written down first, so that whoever comes next finishes what was begun. */
export async function carryOut(session: Session, outcome: Outcome): Promise<Outcome> {
  if (outcome.verdict === "held") return outcome;
  const { verdict, reason } = outcome;
  await session.lease.save({ ...notesOf(session), ended: { verdict, reason } });
  return verdict === "promoted" ? promote(session, outcome) : rollBack(session, outcome);
}

async function promote(session: Session, outcome: Outcome): Promise<Outcome> {
  const reached = await reachHealthy(session, { judged: true });
  return "verdict" in reached ? reached : outcome;
}

async function rollBack(session: Session, outcome: Outcome): Promise<Outcome> {
  const { ask, clock, wait, say, inputs } = session;
  const until = clock.now() + BACK_SECONDS * 1000;
  for (;;) {
    const view = await readOwn(session);
    if (!view.aborted) await ask((cluster) => cluster.abort(view));
    else if (view.canaryWeight === 0) return outcome;
    else say(`${titleOf(inputs)}  aborted: waiting for the traffic to be back on stable (canary ${view.canaryWeight}%)`);
    if (clock.now() >= until)
      return { ...outcome, reason: `${outcome.reason}; after ${BACK_SECONDS} s the traffic is not seen back on stable` };
    await wait(POLL_SECONDS);
  }
}

/** What becomes known on the way and belongs in the record. */
export interface Draft {
  revision: string;
  first: boolean;
  /** Whether the Lease was taken: from then on every end is told in a record. */
  claimed: boolean;
  judgement?: Judgement;
}

export function recordOf({ inputs, clock }: Conducting, { revision, judgement }: Draft, outcome: Outcome): GateRecord {
  const evidence: Evidence = judgement ? evidenceOf(judgement) : { version: 1, plan: planOf(inputs), looks: [] };
  const { service, namespace, image, template, retry } = inputs;
  const endedAt = new Date(clock.now()).toISOString();
  return {
    version: 1,
    ...{ service, namespace, image, template, revision, retry },
    startedAt: judgement ? new Date(judgement.grid.origin * 1000).toISOString() : endedAt,
    endedAt,
    verdict: outcome.verdict,
    reason: outcome.reason,
    decision: recordedDecision(decide(evidence.plan, evidence.looks)),
    blind: judgement ? blindLooks(judgement) : {},
    evidence,
  };
}

/** The error for a record that is not "promoted". */
export function refusal(inputs: GateInputs, record: GateRecord, next: readonly string[]): GateRefusal {
  const { verdict, reason, evidence, blind } = record;
  return new GateRefusal(inputs, record, refusalMessage({ inputs, verdict, reason, evidence, blind, next }));
}

/** What the operator can do about it. */
export function whatNext(
  { rollout, namespace, retry }: GateInputs,
  { verdict }: Pick<Outcome, "verdict">,
  first: boolean,
): readonly string[] {
  const replay = "the record is in this resource's outputs: `sluice replay` judges its evidence again";
  if (verdict === "rolled back") {
    return [
      "all traffic is on stable: mend it and bump the tag",
      `to judge the same template once more, raise retry (now ${retry})`,
      replay,
    ];
  }
  if (first) return ["mend it and bump the tag, or run `pulumi up` again to go on judging", replay];
  return [
    "the Rollout stays as it is: run `pulumi up` again to go on from here with the same evidence",
    `or go back to stable: \`kubectl argo rollouts abort ${rollout} -n ${namespace}\`, or the old tag and \`pulumi up\``,
    replay,
  ];
}
