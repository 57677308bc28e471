import { z } from "zod";
import { reservedEnv } from "../../charts/service/index.ts";
import { evenWhenBroken, isMapping } from "../../charts/written.ts";
import { digest, repository, tag } from "./image.ts";
import { rollout } from "./rollout.ts";
import { slo } from "./slo.ts";
import { cpuMillis, mebibytes, whole } from "./units.ts";
import { env, secrets } from "./variables.ts";

const hpa = z
  .strictObject({
    min: whole(1, 1_000).describe("Fewest pods."),
    max: whole(1, 1_000).describe("Most pods."),
    cpu: whole(1, 100).default(70).describe("CPU use to steer for, in percent of what is reserved."),
  })
  .superRefine((value, context) => {
    if (isMapping(value) && value.max < value.min)
      context.addIssue({ code: "custom", path: ["max"], message: `${value.max} is below min (${value.min})` });
  }, evenWhenBroken);

const resources = z.strictObject({
  cpu: cpuMillis
    .prefault("100m")
    .describe("Reserved for each pod, in thousandths of a core (`100m`) or in cores (`0.5`). There is no limit."),
  memory: mebibytes.prefault("128Mi").describe("Reserved for each pod, and its limit as well."),
});

/** One service as a stack writes it. */
export const service = z
  .strictObject({
    image: repository.describe("The image's repository."),
    tag: tag
      .optional()
      .describe(
        "The version, and the line that a rollout changes; either this or `digest`. `latest` is refused: nothing would change when it moves.",
      ),
    digest: digest.optional().describe("The version by its content, in place of `tag`."),
    replicas: whole(1, 1_000).default(3).describe("Pods while no rollout is under way."),
    port: whole(1, 65_535).default(8080).describe("Where the process serves HTTP, with `/health`, `/ready` and `/metrics`."),
    env: env
      .default({})
      .describe(
        `Environment of the process, in plain text: no secrets. ${reservedEnv.map((name) => `\`${name}\``).join(", ")} are set by Sluice.`,
      ),
    secrets: secrets
      .default({})
      .describe(
        "Environment of the process out of Kubernetes secrets of the service's namespace, which are made beforehand: a secret's name and a key in it.",
      ),
    resources: resources.prefault({}).describe("What a pod gets of its node."),
    hpa: hpa.optional().describe("Scaling by CPU use, where the cluster has a metrics server."),
    rollout: rollout.prefault({}).describe("How a new version is let in."),
    slo: z
      .array(slo)
      .default([])
      .describe("What versions are judged by: at least one objective, but none where `rollout.strategy` is `direct`."),
  })
  .superRefine((value, context) => {
    if (!isMapping(value)) return;
    if (value.tag !== undefined && value.digest !== undefined)
      context.addIssue({ code: "custom", path: ["digest"], message: "given beside tag; give one of the two" });
    if (value.tag === undefined && value.digest === undefined)
      context.addIssue({ code: "custom", path: ["tag"], message: "missing: give the image's tag, for example 1.0.0, or its digest" });
    for (const name of namesInBoth(value.env, value.secrets))
      context.addIssue({ code: "custom", path: ["secrets", name], message: "given under env as well; leave one of the two out" });
    const unjudged = sloProblem(value);
    if (unjudged !== undefined) context.addIssue({ code: "custom", path: ["slo"], message: unjudged });
    for (const [index, name] of repeatedNames(value.slo))
      context.addIssue({ code: "custom", path: ["slo", index, "name"], message: `"${name}" is taken by an SLO before it` });
  }, evenWhenBroken);

export type WrittenService = z.output<typeof service>;

/** The reason why a service cannot be called this, if there is one. */
export function serviceNameProblem(name: string): string | undefined {
  if (/^[a-z]([-a-z0-9]{0,54}[a-z0-9])?$/.test(name)) return undefined;
  return "not a service's name: lower-case letters, digits and dashes, first a letter, last no dash, at most 56 characters (-canary is put behind it)";
}

/** Nothing is let in unjudged because something was forgotten: whoever wants that has to say so. */
function sloProblem({ rollout, slo }: Readonly<Record<string, unknown>>): string | undefined {
  const direct = isMapping(rollout) && rollout.strategy === "direct";
  const some = !Array.isArray(slo) || slo.length > 0;
  if (direct && some) return "given, but rollout.strategy is direct, which judges nothing; leave one of the two out";
  if (!direct && !some)
    return "missing: give at least one objective to judge revisions by, or rollout.strategy: direct to let them in unjudged";
  return undefined;
}

function namesInBoth(a: unknown, b: unknown): readonly string[] {
  return isMapping(a) && isMapping(b) ? Object.keys(b).filter((name) => name in a) : [];
}

/** Names that an SLO before has already, with their index. */
function repeatedNames(slos: unknown): readonly (readonly [number, string])[] {
  const names = (Array.isArray(slos) ? slos : []).map((entry: unknown) => (isMapping(entry) ? entry.name : undefined));
  return names.flatMap((name, index) => (typeof name === "string" && names.indexOf(name) < index ? [[index, name] as const] : []));
}
