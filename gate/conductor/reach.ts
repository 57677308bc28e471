// Getting there: waiting for the controller, the canary's pods and the Rollout's end.
import { GateError } from "../errors.ts";
import type { CanaryPods } from "./cluster.ts";
import type { Conducting } from "./conducting.ts";
import { stepOf, titleOf } from "./report.ts";
import { isMadeFrom, type RolloutView } from "./rollout.ts";
import { abortedElsewhere, type Outcome, POLL_SECONDS, readOwn, type Subject } from "./session.ts";

const PODS_SECONDS = 1;

/**
 * Waits until the controller has made a revision of the template that was applied, or is held at the deadline.
 * @throws GateError when the applied template is not the one that is to be judged
 */
export async function settled({ inputs, clock, ask, wait, say }: Conducting): Promise<RolloutView | Outcome> {
  const until = clock.now() + inputs.deadlineSeconds * 1000;
  for (;;) {
    const view = await ask((cluster) => cluster.rollout());
    const { observed, revision, refusal, template } = view;
    if (template !== undefined && template !== inputs.template) throw new GateError(anotherTemplate(inputs));
    // For a moment `observed` is true and `revision` still the one before.
    const isNamed = async () => revision !== "" && isMadeFrom(view, await ask((cluster) => cluster.made(revision)));
    if (observed && refusal === undefined && (await isNamed())) return view;
    const why = observed && refusal !== undefined ? `: ${refusal}` : "";
    if (clock.now() >= until)
      return { verdict: "held", reason: `the Rollout's controller did not take in the template in ${inputs.deadlineSeconds} s${why}` };
    say(`${titleOf(inputs)}  waiting for the Rollout's controller to take in the new template${why}`);
    await wait(POLL_SECONDS);
  }
}

function anotherTemplate({ rollout, image }: Conducting["inputs"]): string {
  return `the Rollout ${rollout} does not have the template of ${image} any more: somebody applied another one. Run \`pulumi up\` again.`;
}

/**
 * Sends the Rollout on from the step before and waits until it stands at `step` or, moved by hand, beyond it.
 * Whatever it was doing when an earlier conductor ended, doing this again is safe: a pause is only ended on a reading that shows it.
 */
export async function reachStep(subject: Subject, step: number): Promise<RolloutView | Outcome> {
  const { inputs, clock, ask, wait } = subject;
  const until = clock.now() + inputs.deadlineSeconds * 1000;
  const pods = podsTeller(subject, stepOf(inputs, step));
  for (;;) {
    const view = await readOwn(subject);
    if (view.aborted) return abortedElsewhere(view);
    if (view.revision === view.stable) return { verdict: "held", reason: "the Rollout was promoted past the gate" };
    if (view.pausedAt !== undefined && view.pausedAt >= step) return view;
    if (view.pausedAt !== undefined && view.pausedAt === step - 1) await ask((cluster) => cluster.advance(view));
    const state = await pods();
    if (clock.now() >= until)
      return outOfTime(
        subject,
        `the canary did not ${inputs.strategy === "blueGreen" ? "become ready" : `reach ${inputs.steps[step]}%`} in ${inputs.deadlineSeconds} s: ${state}`,
      );
    await wait(POLL_SECONDS);
  }
}

/** Waits until the new revision is stable and healthy. @param judged the last step was passed, or is not needed: its pause may be ended */
export async function reachHealthy(subject: Subject, { judged }: { readonly judged: boolean }): Promise<RolloutView | Outcome> {
  const { inputs, clock, ask, wait, of } = subject;
  const until = clock.now() + inputs.deadlineSeconds * 1000;
  const pods = podsTeller(subject, "all traffic");
  for (;;) {
    const view = await readOwn(subject);
    const stable = view.stable === of.revision;
    if (view.aborted && !stable) return abortedElsewhere(view);
    if (stable && view.healthy) return view;
    if (judged && !stable && view.pausedAt === view.weights.length - 1) await ask((cluster) => cluster.advance(view));
    const state = await pods();
    if (clock.now() >= until) return { verdict: "held", reason: `the Rollout is not healthy after ${inputs.deadlineSeconds} s: ${state}` };
    await wait(POLL_SECONDS);
  }
}

/** What the plan says to do when a deadline has passed. A first revision has nothing to go back to. */
export function outOfTime({ inputs, first }: Subject, reason: string): Outcome {
  return { verdict: inputs.onDeadline === "rollback" && !first ? "rolled back" : "held", reason };
}

/** Tells about the pods, but reads them no more often than people read. Gives what was told last. */
function podsTeller({ inputs, clock, ask, say, of }: Subject, where: string): () => Promise<string> {
  let state = "";
  let readAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (clock.now() - readAt < PODS_SECONDS * 1000) return state;
    readAt = clock.now();
    state = podsLine(await ask((cluster) => cluster.canaryPods(of.revision)));
    say(`${titleOf(inputs)}  ${where}  ${state}`);
    return state;
  };
}

/** "waiting for canary pods: 1 of 2 ready: echo-6c-x: echo: ImagePullBackOff" */
export function podsLine({ desired, pods }: CanaryPods): string {
  const ready = pods.filter((pod) => pod.ready).length;
  if (desired > 0 && ready >= desired) return `canary pods ready: ${ready} of ${desired}, waiting for the Rollout's controller`;
  const troubles = pods.flatMap(({ name, trouble }) => (trouble === undefined ? [] : [`${name}: ${trouble}`]));
  return [`waiting for canary pods: ${ready} of ${desired} ready`, ...troubles].join("; ");
}
