// A Rollout as the conductor sees it. Pure: from the API server's JSON to the few facts that matter.
import { z } from "zod";
import { GateError } from "../errors.ts";
import { annotated, podTemplate, rolloutObject } from "./rolloutObject.ts";
import { blueGreenStanding, canaryStanding, type Standing } from "./strategy.ts";

export interface RolloutView extends Standing {
  readonly uid: string;
  /** Guards every write: a patch made on an older reading is refused. */
  readonly resourceVersion: string;
  /** Whether the controller has seen the present spec. It says so a moment before it names the revision that the spec makes. */
  readonly observed: boolean;
  /** The pod-template-hash of the present template; empty until the controller has named it. */
  readonly revision: string;
  /** Why the controller cannot make a revision of the present template; until it can, it keeps naming the one before. */
  readonly refusal?: string;
  /** How many revisions there have been. */
  readonly number: number;
  /** Digest that the applied template carries; none in a Rollout that was made without one. */
  readonly template?: string;
  readonly phase: string;
  readonly message: string;
  readonly aborted: boolean;
  /** Whether spec.paused holds everything back, which a user may have set. */
  readonly specPaused: boolean;
}

/** @throws GateError when this is no Rollout with a strategy */
export function viewRollout(object: unknown): RolloutView {
  const parsed = rolloutObject.safeParse(object).data;
  const { canary, blueGreen } = parsed?.spec.strategy ?? {};
  const standing = parsed && (canary ? canaryStanding(canary, parsed) : blueGreen && blueGreenStanding(blueGreen, parsed));
  if (!standing) throw new GateError("the Rollout is not one a gate can conduct: it needs a canary or a blueGreen strategy");
  const { metadata, spec, status } = parsed;
  const refusal = status.conditions.find(({ type, reason }) => type === "InvalidSpec" || reason === "ReplicaSetCreateError");
  return {
    ...standing,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    observed: status.observedGeneration === String(metadata.generation),
    revision: status.currentPodHash,
    number: numberIn(metadata),
    ...digestIn(spec.template),
    phase: status.phase,
    message: status.message,
    aborted: status.abort,
    specPaused: spec.paused,
    ...(refusal && { refusal: refusal.message }),
  };
}

/** A revision as the controller made it: its ReplicaSet. */
export interface Made {
  /** The `number` of the Rollout while this is its newest revision. */
  readonly number: number;
  /** Digest that its pods carry. */
  readonly template?: string;
}

const replicaSet = z.object({ metadata: annotated, spec: z.object({ template: podTemplate.prefault({}) }) });

/** @param object the ReplicaSet; none gives none */
export function viewMade(object: unknown): Made | undefined {
  const made = replicaSet.safeParse(object).data;
  return made && { number: numberIn(made.metadata), ...digestIn(made.spec.template) };
}

/**
 * Whether the controller made a revision of the template that is applied. A template with a digest is known by it. One without is known by
 * the number, which nearly always does: the revision before has a lower one but for a moment in which the controller is at work on it.
 */
export function isMadeFrom({ template, number }: RolloutView, made: Made | undefined): boolean {
  return made !== undefined && (template === undefined ? made.number === number : made.template === template);
}

/** The number of a revision, which the controller writes on the Rollout as well as on its ReplicaSets. 0: not numbered yet */
function numberIn({ annotations }: z.infer<typeof annotated>): number {
  return Number(annotations["rollout.argoproj.io/revision"] ?? "0");
}

/** Where the digest is (charts/service). */
const TEMPLATE = "sluice.dev/template";

function digestIn({ metadata }: z.infer<typeof podTemplate>): { readonly template?: string } {
  const template = metadata.annotations[TEMPLATE];
  return template ? { template } : {};
}
