import { z } from "zod";
import { evenWhenBroken, field } from "./field.ts";
import { probability, seconds, whole } from "./units.ts";

/** "direct": no revision is judged, each is let in as soon as its pods are ready. For what has no requests to be judged by. */
const strategy = field<"canary" | "direct">({
  what: "a strategy (canary or direct)",
  example: "canary",
  parse: (input) => (input === "canary" || input === "direct" ? input : undefined),
  explain: (input) => (input === "blueGreen" ? "is not implemented yet; use canary" : undefined),
});

const onDeadline = field<"rollback" | "hold">({
  what: "rollback or hold",
  example: "rollback",
  parse: (input) => (input === "rollback" || input === "hold" ? input : undefined),
});

const steps = z
  .array(whole(1, 100))
  .min(1)
  .superRefine((weights, context) => {
    for (const [index, weight] of weights.entries()) {
      const before = weights[index - 1];
      if (typeof before !== "number" || typeof weight !== "number" || weight > before) continue;
      context.addIssue({ code: "custom", path: [index], message: `${weight} is not above the step before it (${before})` });
    }
  }, evenWhenBroken);

/** How a new revision is let in. */
export const rollout = z
  .strictObject({
    strategy: strategy.default("canary"),
    /** Canary weights in percent. */
    steps: steps.default([10, 25, 50]),
    /** Shortest time at each weight. */
    minStep: seconds.default(15),
    /** Longest time at each weight. */
    deadline: seconds.default(600),
    onDeadline: onDeadline.default("rollback"),
    /** Chance that a healthy rollout is rolled back. */
    alpha: probability.default(0.01),
    /** Chance that one step of a rollout at its limit is taken for good. */
    beta: probability.default(0.05),
    /** Time between two looks. */
    lookEvery: seconds.default(5),
    /** Raised to have a revision that was rolled back judged again. */
    retry: whole(0).default(0),
  })
  .superRefine(({ deadline, ...times }, context) => {
    for (const name of ["minStep", "lookEvery"] as const) {
      const time = times[name];
      if (typeof time !== "number" || typeof deadline !== "number" || time < deadline) continue;
      context.addIssue({ code: "custom", path: [name], message: `${time}s leaves no time before the deadline (${deadline}s)` });
    }
  }, evenWhenBroken);

export type WrittenRollout = z.output<typeof rollout>;
