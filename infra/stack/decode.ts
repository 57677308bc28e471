import { z } from "zod";
import { ISTIO_BUCKETS_MS } from "../../charts/slo/index.ts";
import { evenWhenBroken, isMapping } from "../../charts/written.ts";
import { assemble, type Stack } from "./assemble.ts";
import { cluster } from "./cluster.ts";
import { environment } from "./environment.ts";
import { needProblems } from "./needs.ts";
import { objectiveProblems } from "./objectives.ts";
import { aws } from "./parts/aws.ts";
import { ownerProblems } from "./parts/delivery.ts";
import { platform } from "./platform.ts";
import { explainForm, type Problem, problemsOf } from "./problems.ts";
import { service, serviceNameProblem } from "./service.ts";
import { milliseconds } from "./units.ts";

const mesh = z.strictObject({
  latencyBuckets: z
    .array(milliseconds)
    .min(1)
    .prefault(ISTIO_BUCKETS_MS.map((bucket) => `${bucket}ms`))
    .describe(
      "Buckets of the mesh's latency histogram. The default is Istio's, with those of 200 ms and 300 ms that the embedded mesh adds.",
    ),
});

const services = z.record(z.string(), service).superRefine((value, context) => {
  if (!isMapping(value)) return;
  for (const name of Object.keys(value)) {
    const message = serviceNameProblem(name) ?? nameClash(name, value);
    if (message !== undefined) context.addIssue({ code: "custom", path: [name], message });
  }
}, evenWhenBroken);

/** The config of a stack, as it is written. */
export const writtenStack = z
  .strictObject({
    cluster: cluster.describe("What the services run on."),
    environment: environment
      .default("development")
      .describe("What it is for, which decides about sizes, retention and strictness (`docs/platform.md`)."),
    aws: aws.optional().describe("Where on AWS, for a cluster of kind `eks`."),
    platform: platform.prefault({}).describe("What is put on the cluster and beside it. The embedded platform brings its own."),
    mesh: mesh.prefault({}).describe("The mesh, where it was set up otherwise than by Sluice."),
    services: services.describe(
      "By name in the cluster: lower-case letters, digits and dashes, first a letter, last no dash, at most 56 characters.",
    ),
  })
  .superRefine(({ mesh, services }, context) => {
    for (const [name, index, threshold] of thresholdsOf(services)) {
      const buckets = isMapping(mesh) ? mesh.latencyBuckets : [];
      if (!Array.isArray(buckets) || buckets.includes(threshold)) continue;
      const message = `${threshold}ms is not a latency bucket of the mesh, so slower requests cannot be counted; take one of ${buckets.join(", ")} (ms), or give the mesh's own list as mesh.latencyBuckets`;
      context.addIssue({ code: "custom", path: ["services", name, "slo", index, "threshold"], message });
    }
  }, evenWhenBroken);

/** The stack that `raw` describes, or everything that is wrong with it. */
export function decodeStack(raw: unknown): { readonly stack: Stack } | { readonly problems: readonly Problem[] } {
  const decoded = writtenStack.safeParse(raw, { error: explainForm });
  if (!decoded.success) return { problems: problemsOf(decoded.error) };
  const stack = assemble(decoded.data);
  const objectives = Object.entries(stack.services).map(([name, { judgement }]) => [name, judgement?.slo ?? []] as const);
  const { delivery } = decoded.data.platform;
  const problems = [
    ...objectiveProblems(Object.fromEntries(objectives), decoded.data.mesh.latencyBuckets),
    ...needProblems(decoded.data),
    ...(delivery === undefined ? [] : ownerProblems(delivery, decoded.data.services)),
  ];
  return problems.length > 0 ? { problems } : { stack };
}

/** A service called echo-canary would be taken for the canary of echo. */
function nameClash(name: string, services: Readonly<Record<string, unknown>>): string | undefined {
  const owner = /^(.+)-(?:stable|canary)$/.exec(name)?.[1];
  return owner !== undefined && owner in services ? `taken: ${owner} has a Service of this name for its own rollouts` : undefined;
}

/** Every latency threshold that could be read: service, index of the SLO, milliseconds. */
function thresholdsOf(services: unknown): readonly (readonly [string, number, number])[] {
  return Object.entries(isMapping(services) ? services : {}).flatMap(([name, service]) => {
    const slos = isMapping(service) && Array.isArray(service.slo) ? service.slo : [];
    return slos.flatMap((slo: unknown, index) =>
      isMapping(slo) && typeof slo.threshold === "number" ? [[name, index, slo.threshold] as const] : [],
    );
  });
}
