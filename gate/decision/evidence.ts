// Evidence from outside (a file, a record of an older run) becomes data that the rule can trust.
import { z } from "zod";
import { GateError } from "../errors.ts";
import type { Evidence } from "../types.ts";

const count = z.number().nonnegative();
const counts = z
  .object({ total: count, bad: count })
  .refine(({ total, bad }) => bad <= total, { error: "more bad requests than requests", path: ["bad"] });
const window = z.object({ canary: counts, stable: counts });
const share = z.number().gt(0).lt(1);

const sliPlan = z.object({ name: z.string().min(1), limit: share, tolerance: z.number().positive().exactOptional() });
const plan = z.object({
  strategy: z.enum(["canary", "blueGreen"]).exactOptional(),
  steps: z.array(z.number().gt(0).max(100)).min(1),
  alpha: share.exactOptional(),
  beta: share.exactOptional(),
  minStep: z.number().nonnegative().exactOptional(),
  slis: z.array(sliPlan).min(1),
});
const look = z.object({
  at: z.number(),
  step: z.int().nonnegative(),
  stepStartedAt: z.number().exactOptional(),
  slis: z.record(z.string(), window),
});

const evidence = z.object({ version: z.literal(1), plan, looks: z.array(look) }).check((context) => {
  const { plan, looks } = context.value;
  const problem = (path: (string | number)[], message: string) =>
    context.issues.push({ code: "custom", path, message, input: context.value });

  const names = plan.slis.map((sli) => sli.name);
  names.forEach((name, i) => {
    if (names.indexOf(name) < i) problem(["plan", "slis", i, "name"], `"${name}" is already the name of another SLI`);
  });
  looks.forEach((look, i) => {
    const before = looks[i - 1];
    if (look.step >= plan.steps.length)
      problem(["looks", i, "step"], `${look.step} is not a step of the plan (0 to ${plan.steps.length - 1})`);
    if (before && look.at < before.at) problem(["looks", i, "at"], `${look.at} is before the look before it (${before.at})`);
    if (before && look.step < before.step)
      problem(["looks", i, "step"], `${look.step} is before the step of the look before it (${before.step})`);
    for (const name of Object.keys(look.slis)) {
      if (!names.includes(name)) problem(["looks", i, "slis", name], `is not an SLI of the plan (${names.join(", ")})`);
    }
  });
});

/**
 * Reads evidence, version 1.
 * @throws GateError that lists every problem with its path.
 */
export function parseEvidence(input: unknown): Evidence {
  const parsed = evidence.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${pathOf(issue.path)}: ${atFault(issue.input)}${issue.message}`);
  throw new GateError(`this is not evidence of version 1:\n${problems.join("\n")}`);
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}.${String(part)}`), "evidence");
}

/** The value at fault, where it says more than it costs. */
function atFault(input: unknown): string {
  return typeof input === "number" || typeof input === "string" ? `${JSON.stringify(input)}: ` : "";
}
