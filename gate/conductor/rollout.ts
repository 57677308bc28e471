// A Rollout as the conductor sees it. Pure: from the API server's JSON to the few facts that matter.
import { z } from "zod";
import { GateError } from "../errors.ts";

export interface RolloutView {
  readonly uid: string;
  /** Guards every write: a patch made on an older reading is refused. */
  readonly resourceVersion: string;
  /** Whether the controller has seen the present spec. It says so a moment before it names the revision that the spec makes. */
  readonly observed: boolean;
  /** The pod-template-hash of the present template; empty until the controller has named it. */
  readonly revision: string;
  /** Why the controller cannot make a revision of the present template; until it can, it keeps naming the one before. */
  readonly refusal?: string;
  /** The pod-template-hash of stable; empty before the first revision is healthy. */
  readonly stable: string;
  /** How many revisions there have been. */
  readonly number: number;
  /** Digest that the applied template carries; none in a Rollout that was made without one. */
  readonly template?: string;
  readonly phase: string;
  readonly message: string;
  readonly aborted: boolean;
  /** Which of the steps' pauses the controller stands at, as an index into `weights`. */
  readonly pausedAt?: number;
  /** Since when, seconds since the epoch. */
  readonly pausedSince?: number;
  /** Weights that are followed by a pause without an end, in order. */
  readonly weights: readonly number[];
  /** The canary's weight as the controller has set it. */
  readonly canaryWeight: number;
  /** Whether spec.paused holds everything back, which a user may have set. */
  readonly specPaused: boolean;
}

/** A revision as the controller made it: its ReplicaSet. */
export interface Made {
  /** The `number` of the Rollout while this is its newest revision. */
  readonly number: number;
  /** Digest that its pods carry. */
  readonly template?: string;
}

/** Where the digest is (charts/service). */
const TEMPLATE = "sluice.dev/template";

const annotated = z.object({ annotations: z.record(z.string(), z.string()).default({}) });
const podTemplate = z.object({ metadata: annotated.prefault({}) });

const step = z.object({
  setWeight: z.number().optional(),
  pause: z.object({ duration: z.union([z.string(), z.number()]).optional() }).optional(),
});

const schema = z.object({
  metadata: annotated.extend({ uid: z.string(), resourceVersion: z.string(), generation: z.number() }),
  spec: z.object({
    template: podTemplate.prefault({}),
    paused: z.boolean().default(false),
    strategy: z.object({ canary: z.object({ steps: z.array(step).default([]) }).optional() }),
  }),
  status: z
    .object({
      observedGeneration: z.string().optional(),
      currentPodHash: z.string().default(""),
      stableRS: z.string().default(""),
      currentStepIndex: z.number().optional(),
      phase: z.string().default(""),
      message: z.string().default(""),
      conditions: z.array(z.object({ type: z.string(), reason: z.string().default(""), message: z.string().default("") })).default([]),
      abort: z.boolean().default(false),
      pauseConditions: z.array(z.object({ reason: z.string(), startTime: z.string() })).nullish(),
      canary: z.object({ weights: z.object({ canary: z.object({ weight: z.number().default(0) }) }).optional() }).optional(),
    })
    .prefault({}),
});

/** @throws GateError when this is no Rollout with a canary strategy */
export function viewRollout(object: unknown): RolloutView {
  const parsed = schema.safeParse(object);
  const canary = parsed.data?.spec.strategy.canary;
  if (!parsed.success || !canary) throw new GateError("the Rollout is not one a gate can conduct: it needs a canary strategy");
  const { metadata, spec, status } = parsed.data;
  const pauses = canary.steps.flatMap(({ pause }, index) => (pause && pause.duration === undefined ? [index] : []));
  const pause = status.pauseConditions?.find(({ reason }) => reason === "CanaryPauseStep");
  const refusal = status.conditions.find(({ type, reason }) => type === "InvalidSpec" || reason === "ReplicaSetCreateError");
  const pausedAt = pause ? pauses.indexOf(status.currentStepIndex ?? -1) : -1;
  return {
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    observed: status.observedGeneration === String(metadata.generation),
    revision: status.currentPodHash,
    stable: status.stableRS,
    number: numberIn(metadata),
    ...digestIn(spec.template),
    phase: status.phase,
    message: status.message,
    aborted: status.abort,
    weights: pauses.map((index) => canary.steps.slice(0, index).findLast((s) => s.setWeight !== undefined)?.setWeight ?? 0),
    canaryWeight: status.canary?.weights?.canary.weight ?? 0,
    specPaused: spec.paused,
    ...(refusal && { refusal: refusal.message }),
    ...(pause && pausedAt >= 0 && { pausedAt, pausedSince: Date.parse(pause.startTime) / 1000 }),
  };
}

const madeSchema = z.object({ metadata: annotated, spec: z.object({ template: podTemplate.prefault({}) }) });

/** @param object the ReplicaSet; none gives none */
export function viewMade(object: unknown): Made | undefined {
  const made = madeSchema.safeParse(object).data;
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

function digestIn({ metadata }: z.infer<typeof podTemplate>): { readonly template?: string } {
  const template = metadata.annotations[TEMPLATE];
  return template ? { template } : {};
}
