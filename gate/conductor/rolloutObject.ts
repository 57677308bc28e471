// What is read of a Rollout's JSON, and of its ReplicaSets'.
import { z } from "zod";

/** Metadata with annotations. */
export const annotated = z.object({ annotations: z.record(z.string(), z.string()).default({}) });

export const podTemplate = z.object({ metadata: annotated.prefault({}) });

const step = z.object({
  setWeight: z.number().optional(),
  pause: z.object({ duration: z.union([z.string(), z.number()]).optional() }).optional(),
});

export const rolloutObject = z.object({
  metadata: annotated.extend({ uid: z.string(), resourceVersion: z.string(), generation: z.number() }),
  spec: z.object({
    template: podTemplate.prefault({}),
    paused: z.boolean().default(false),
    strategy: z.object({
      canary: z.object({ steps: z.array(step).default([]) }).optional(),
      blueGreen: z.object({ autoPromotionEnabled: z.boolean().default(true) }).optional(),
    }),
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
      blueGreen: z.object({ activeSelector: z.string().default("") }).prefault({}),
    })
    .prefault({}),
});

export type RolloutObject = z.infer<typeof rolloutObject>;
