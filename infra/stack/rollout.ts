import { z } from "zod";
import { evenWhenBroken, isMapping } from "../../charts/written.ts";
import { field } from "./field.ts";
import { probability, seconds, whole } from "./units.ts";

const strategy = field<"canary" | "blueGreen" | "direct">({
  what: "a strategy (canary, blueGreen or direct)",
  example: "canary",
  parse: (input) => (input === "canary" || input === "blueGreen" || input === "direct" ? input : undefined),
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
        "`canary`: a new version gets a rising share of the requests. `blueGreen`: it is judged on copies of reads, and then gets all requests at once. `direct`: no version is judged, each is let in as soon as its pods are ready. For a service that has no requests to be judged by.",
      ),
    steps: steps
      .optional()
      .describe("Weights of the canary in percent, rising; without them 10, 25 and 50. Not where `strategy` is `blueGreen`."),
    mirror: whole(1, 100)
      .optional()
      .describe("Part of the GET and HEAD requests that is copied, in percent; without it 100. Only where `strategy` is `blueGreen`."),
    minStep: seconds.prefault("15s").describe("Shortest time at each weight, or of copies."),
    deadline: seconds.prefault("10m").describe("Longest time at each weight, or of copies, and for pods to become ready."),
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
    for (const [path, message] of misplaced(value)) context.addIssue({ code: "custom", path: [path], message });
    const { deadline, ...times } = value;
    for (const name of ["minStep", "lookEvery"] as const) {
      const time = times[name];
      if (typeof time !== "number" || typeof deadline !== "number" || time < deadline) continue;
      context.addIssue({ code: "custom", path: [name], message: `${time}s leaves no time before the deadline (${deadline}s)` });
    }
  }, evenWhenBroken);

/** What is given and means nothing for the strategy. */
function misplaced({ strategy, steps, mirror }: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  const problems: (readonly [string, string])[] = [];
  if (strategy === "blueGreen" && steps !== undefined)
    problems.push([
      "steps",
      "given, but rollout.strategy is blueGreen, which has none: all requests are switched at once; leave one of the two out",
    ]);
  if ((strategy === "canary" || strategy === "direct") && mirror !== undefined)
    problems.push(["mirror", `given, but rollout.strategy is ${strategy}, which copies no requests; leave one of the two out`]);
  return problems;
}

export type WrittenRollout = z.output<typeof rollout>;
