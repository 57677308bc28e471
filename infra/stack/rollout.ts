import { z } from "zod";
import { evenWhenBroken, isMapping } from "../../charts/written.ts";
import { field } from "./field.ts";
import { probability, seconds, whole } from "./units.ts";

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
    if (!Array.isArray(weights)) return;
    for (const [index, weight] of weights.entries()) {
      const before = weights[index - 1];
      if (typeof before !== "number" || typeof weight !== "number" || weight > before) continue;
      context.addIssue({ code: "custom", path: [index], message: `${weight} is not above the step before it (${before})` });
    }
  }, evenWhenBroken);

/** How a new revision is let in. */
export const rollout = z
  .strictObject({
    strategy: strategy
      .default("canary")
      .describe(
        "`direct`: no version is judged, each is let in as soon as its pods are ready. For a service that has no requests to be judged by.",
      ),
    steps: steps.default([10, 25, 50]).describe("Weights of the canary in percent, rising."),
    minStep: seconds.prefault("15s").describe("Shortest time at each weight."),
    deadline: seconds.prefault("10m").describe("Longest time at each weight, and for pods to become ready."),
    onDeadline: onDeadline
      .default("rollback")
      .describe(
        "What a step ends in that its deadline finds undecided. `hold`: stay at this weight until the next `pulumi up`. Both fail the `up`.",
      ),
    alpha: probability.default(0.01).describe("Chance that a healthy rollout is rolled back, over the whole rollout."),
    beta: probability.default(0.05).describe("Chance that a step of a rollout that is just at its limit is passed."),
    lookEvery: seconds.prefault("5s").describe("Time between two looks at the metrics; not below Prometheus' scrape interval."),
    retry: whole(0).default(0).describe("Raise it to have a revision judged again that was rolled back."),
  })
  .superRefine((value, context) => {
    if (!isMapping(value)) return;
    const { deadline, ...times } = value;
    for (const name of ["minStep", "lookEvery"] as const) {
      const time = times[name];
      if (typeof time !== "number" || typeof deadline !== "number" || time < deadline) continue;
      context.addIssue({ code: "custom", path: [name], message: `${time}s leaves no time before the deadline (${deadline}s)` });
    }
  }, evenWhenBroken);

export type WrittenRollout = z.output<typeof rollout>;
