// Conducts one rollout from the new template to its verdict.
import { GateError } from "../errors.ts";
import { telemetryOver } from "../telemetry/telemetry.ts";
import { claimed } from "./claimed.ts";
import { type Conducting, conductingWith, Stopped } from "./conducting.ts";
import { stopCopies } from "./copies.ts";
import { type Connections, type Edges, realEdges } from "./edges.ts";
import { type Draft, recordOf, refusal, whatNext } from "./ends.ts";
import type { GateInputs } from "./inputs.ts";
import { isAbout, parseProgress } from "./progress.ts";
import { reachHealthy, settled } from "./reach.ts";
import type { GateRecord } from "./record.ts";
import { decidedBy, titleOf } from "./report.ts";
import type { Outcome, Subject } from "./session.ts";
import { planOf, weightsOf } from "./strategy.ts";

/**
 * Conducts the Rollout to its verdict and tells about it, one line a look.
 * @param inputs checked already (checkInputs)
 * @param previous the record of the last judgement of this gate, if there was one
 * @param edges what to put in the place of the real clock, console, process, cluster and Prometheus
 * @returns the record of a promotion, also of one that needed no judgement
 * @throws GateRefusal when the rollout was rolled back or held; it carries the record
 * @throws GateError when nothing was judged: another conductor is at work, no such Rollout, an unusable kubeconfig
 */
export async function conduct(inputs: GateInputs, previous?: GateRecord, edges: Partial<Edges> = {}): Promise<GateRecord> {
  const judgedBefore = previous?.template === inputs.template ? previous : undefined;
  if (judgedBefore?.verdict === "rolled back" && inputs.retry <= judgedBefore.retry) {
    throw refusal(inputs, judgedBefore, whatNext(inputs, judgedBefore, false));
  }
  const { clock, output, identity, listen, connect } = { ...realEdges(), ...edges };
  const { signal, engineGone, dispose } = listen();
  const draft: Draft = { revision: "", first: false, claimed: false };
  try {
    const connections = await connect(inputs);
    const telemetry = telemetryOver({ push: connections.push, now: clock.now, notice: (line) => output(`${titleOf(inputs)}  ${line}`) });
    const conducting = conductingWith({ inputs, clock, identity, cluster: connections.cluster, output, signal, engineGone, telemetry });
    const outcome = await toOutcome(conducting, connections, draft, previous).catch((error: unknown): Outcome => {
      if (error instanceof Stopped || (draft.claimed && error instanceof GateError)) return { verdict: "held", reason: error.message };
      throw error;
    });
    if (outcome === "as before" && judgedBefore) return judgedBefore;
    const record = recordOf(conducting, draft, outcome === "as before" ? STABLE_ALREADY : outcome);
    output(`${titleOf(inputs)}  ${record.verdict}: ${record.reason}`);
    if (outcome !== "as before") await telemetry.ended(record, { verdict: record.verdict, decidedBy: decidedBy(record.decision) });
    if (record.verdict === "promoted") return record;
    throw refusal(inputs, record, whatNext(inputs, record, draft.first));
  } finally {
    dispose();
  }
}

const STABLE_ALREADY: Outcome = { verdict: "promoted", reason: "the template is that of the stable revision: nothing to judge" };

/** "as before": this template is the stable one, and was judged before or needs no judgement. */
async function toOutcome(
  conducting: Conducting,
  connections: Connections,
  draft: Draft,
  previous: GateRecord | undefined,
): Promise<Outcome | "as before"> {
  const { inputs } = conducting;
  const view = await settled(conducting);
  if ("verdict" in view) return view;
  const promotedBefore = previous?.template === inputs.template && previous.verdict === "promoted";
  draft.revision = view.revision;
  draft.first = view.stable === "" || (view.number === 1 && !promotedBefore);
  const plan = planOf(inputs, draft.first);
  const of = { uid: view.uid, revision: view.revision, retry: inputs.retry, steps: plan.steps };
  const subject = { ...conducting, of, first: draft.first };
  if (view.revision === view.stable && promotedBefore) return "as before";
  if (view.isWayBack || (view.revision === view.stable && !draft.first && !(await isUnfinished(subject)))) {
    const reached = await reachHealthy(subject, { judged: view.isWayBack });
    // A conductor that was killed while it judged another template.
    if (inputs.strategy === "blueGreen") await stopCopies(conducting);
    return "verdict" in reached ? reached : "as before";
  }
  const weights = weightsOf(inputs);
  if (view.weights.join() !== weights.join())
    throw new GateError(`the Rollout pauses at ${view.weights.join(", ") || "no"}%, the gate is told to judge at ${weights.join(", ")}%`);
  return claimed(subject, connections, draft, view, plan, previous?.retry ?? 0);
}

/** Whether a conductor came to a verdict about this revision and ended before it could tell. */
async function isUnfinished({ ask, of }: Subject): Promise<boolean> {
  const lease = await ask((cluster) => cluster.readLease());
  const notes = parseProgress(lease?.notes);
  return notes?.ended !== undefined && isAbout(notes, of);
}
