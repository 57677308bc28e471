// What a gate is told: the inputs that cross from the program to the conductor, their check and their diff.
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { isUnknownAt } from "./unknowns.ts";

/** One SLI and what it is held to. Every SLI counts bad requests among all requests, per revision. */
export type GateSli = {
  readonly name: string;
  /** Share of bad requests that is not tolerated, in (0, 1). */
  readonly limit: number;
  /** How many times as bad as stable the canary may be before that counts against it. */
  readonly tolerance: number;
} & (
  | { /** Bad: an answer of 500 or above. */ readonly kind: "availability" }
  | {
      /** Bad: slower than `thresholdMs`, which must be a bucket of the mesh's histogram. */ readonly kind: "latency";
      readonly thresholdMs: number;
    }
);

/** All a conductor needs for one rollout. Times are seconds. */
export interface GateInputs {
  readonly service: string;
  readonly namespace: string;
  /** Name of the Rollout; its Services are `<rollout>-stable` and `<rollout>-canary`. */
  readonly rollout: string;
  /** What is being rolled out, for people: "localhost/echo:1.1.0". */
  readonly image: string;
  /** Digest of the pod template: what makes a revision. */
  readonly template: string;
  /** Contents of a kubeconfig. A secret: never in outputs, records, errors or logs. */
  readonly kubeconfig: string;
  /** By URL, or as "namespace/name:port" through the API server's service proxy. */
  readonly prometheus: { readonly url: string } | { readonly service: string };
  /** canary: a rising share of the users' requests. blueGreen: none of them until the switch, but copies. */
  readonly strategy: "canary" | "blueGreen";
  /** Canary weights in percent, rising; those of the Rollout's own steps. blueGreen: the one share of requests that is copied. */
  readonly steps: readonly number[];
  readonly slis: readonly GateSli[];
  /** Chance that a healthy rollout is rolled back, over the whole rollout. */
  readonly alpha: number;
  /** Chance that one step of a rollout at its limit is taken for good. */
  readonly beta: number;
  /** Shortest time at each weight. */
  readonly minStepSeconds: number;
  /** Longest time at each weight, and for pods to become ready; then `onDeadline`. */
  readonly deadlineSeconds: number;
  /** Time between two looks. At best not shorter than Prometheus' scrape interval. */
  readonly lookSeconds: number;
  /** Without a verdict at the deadline: back to stable, or stay at this weight until the next `pulumi up`. Both fail the resource. */
  readonly onDeadline: "rollback" | "hold";
  /** Raise it to have an already judged template judged again. */
  readonly retry: number;
}

/** A problem of one input, as a Pulumi `check` reports it. */
export interface InputProblem {
  /** Path of the input, e.g. `steps[1]`. */
  readonly property: string;
  readonly reason: string;
}

const name = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: "must be a Kubernetes name: lower-case letters, digits and dashes" });
const filled = z.string().min(1, { error: "must not be empty" });
const share = z.number().gt(0).lt(1);
const seconds = z.number().positive();
const sliBase = { name: filled, limit: share, tolerance: z.number().min(1) };

const schema = z.object({
  service: filled,
  namespace: name,
  rollout: name,
  image: filled,
  template: filled,
  kubeconfig: filled,
  prometheus: z.union(
    [z.object({ url: z.url({ protocol: /^https?$/ }) }), z.object({ service: z.string().regex(/^[-a-z0-9]+\/[-a-z0-9]+:[-a-z0-9]+$/) })],
    { error: 'must be { url: "http(s)://..." } or { service: "namespace/name:port" }' },
  ),
  strategy: z.enum(["canary", "blueGreen"]),
  steps: z.array(z.number().gt(0).max(100)).min(1),
  slis: z
    .array(
      z.discriminatedUnion("kind", [
        z.object({ ...sliBase, kind: z.literal("availability") }),
        z.object({ ...sliBase, kind: z.literal("latency"), thresholdMs: z.number().positive() }),
      ]),
    )
    .min(1),
  alpha: share,
  beta: share,
  minStepSeconds: z.number().nonnegative(),
  deadlineSeconds: seconds,
  lookSeconds: seconds,
  onDeadline: z.enum(["rollback", "hold"]),
  retry: z.int().nonnegative(),
});

/**
 * All problems of a gate's inputs at once. A value that Pulumi does not know yet passes.
 * @param news the inputs as `check` receives them
 */
export function checkInputs(news: unknown): readonly InputProblem[] {
  const parsed = schema.safeParse(news);
  const shape = (parsed.error?.issues ?? [])
    .filter((issue) => !isUnknownAt(news, issue.path))
    .map((issue) => ({ property: pathOf(issue.path), reason: issue.message }));
  return [...shape, ...relations(news)];
}

/** What no field can be told alone. Looks only at what has the right shape: the rest is reported already. */
function relations(news: unknown): InputProblem[] {
  const problems: InputProblem[] = [];
  const known = schema.pick({ strategy: true, steps: true }).safeParse(news).data;
  if (known?.strategy === "blueGreen" && known.steps.length > 1)
    problems.push({ property: "steps", reason: "a blueGreen rollout has one: the share of requests that is copied" });
  known?.steps.forEach((weight, i, steps) => {
    const before = steps[i - 1];
    if (before !== undefined && weight <= before) {
      problems.push({ property: `steps[${i}]`, reason: `${weight} is not above the step before it (${before})` });
    }
  });
  const names =
    schema
      .pick({ slis: true })
      .safeParse(news)
      .data?.slis.map((sli) => sli.name) ?? [];
  names.forEach((name, i) => {
    if (names.indexOf(name) < i) problems.push({ property: `slis[${i}].name`, reason: `"${name}" is already the name of another SLI` });
  });
  const times = schema.pick({ minStepSeconds: true, deadlineSeconds: true, lookSeconds: true }).safeParse(news).data;
  for (const property of ["minStepSeconds", "lookSeconds"] as const) {
    if (times && times[property] >= times.deadlineSeconds) {
      problems.push({ property, reason: `${times[property]} leaves no time before deadlineSeconds (${times.deadlineSeconds})` });
    }
  }
  return problems;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`),
    "",
  );
}

/** The inputs that say what is judged and how. Where to look (kubeconfig, prometheus) may change without a new judgement. */
const JUDGED = [
  "service",
  "namespace",
  "rollout",
  "image",
  "template",
  "strategy",
  "steps",
  "slis",
  "alpha",
  "beta",
  "minStepSeconds",
  "deadlineSeconds",
  "lookSeconds",
  "onDeadline",
  "retry",
] as const satisfies readonly (keyof GateInputs)[];

export type PublicInputs = Pick<GateInputs, (typeof JUDGED)[number]>;

const publicSchema = schema.omit({ kubeconfig: true, prometheus: true });

/** The inputs that may be shown and kept, and nothing else that came along. */
export function publicInputs(inputs: GateInputs): PublicInputs {
  return publicSchema.parse(inputs);
}

type Properties = Readonly<Record<string, unknown>>;

/** Names of the inputs that differ, of those that make a new judgement. Neither the kubeconfig nor Prometheus' address does. */
export function diffInputs(olds: Properties, news: Properties): readonly string[] {
  return JUDGED.filter((property) => !isDeepStrictEqual(olds[property], news[property]));
}
