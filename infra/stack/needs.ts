import type { WrittenCluster } from "./cluster.ts";
import type { PartName, WrittenPlatform } from "./platform.ts";
import type { Problem } from "./problems.ts";
import type { WrittenService } from "./service.ts";

/** What is read here of a decoded stack. */
export interface Whole {
  readonly cluster: { readonly kind: WrittenCluster["kind"] };
  readonly aws?: object | undefined;
  readonly platform: WrittenPlatform;
  readonly services: Readonly<Record<string, Pick<WrittenService, "rollout" | "slo">>>;
}

/** What a part cannot do without, and what for. */
const NEEDS: Readonly<Partial<Record<PartName, Readonly<Partial<Record<PartName, string>>>>>> = {
  mesh: { observability: "what reads its counters" },
  security: { observability: "the kinds of its monitors" },
  delivery: { observability: "where analyses ask" },
  chaos: { observability: "where the steady state is asked for" },
  cost: { observability: "what containers use" },
  load: { observability: "the kinds of its monitors", ingress: "the way that users' requests take" },
  ci: { observability: "the kinds of its monitors" },
};

/** Parts that are AWS' own, or useless without. */
const ON_AWS: readonly PartName[] = ["registry", "data"];

/** What the parts of a stack, its cluster and its services lack of each other. */
export function needProblems(stack: Whole): readonly Problem[] {
  const named = partsOf(stack.platform);
  return [...clusterProblems(stack, named), ...partProblems(stack, named), ...serviceProblems(stack)];
}

function partsOf(platform: WrittenPlatform): readonly PartName[] {
  const known = Object.keys(platform).filter((name): name is PartName => name in platform);
  return known.filter((name) => platform[name] !== undefined);
}

function clusterProblems({ cluster: { kind }, aws }: Whole, named: readonly PartName[]): readonly Problem[] {
  if (kind === "eks" && aws === undefined)
    return [{ path: "aws", reason: "missing: cluster.kind eks needs the account, the region and the tags it lives in" }];
  if (kind !== "eks" && aws !== undefined)
    return [{ path: "aws", reason: `given, but cluster.kind ${kind} is not on AWS; leave it out or say cluster.kind: eks` }];
  if (kind !== "embedded") return [];
  const reason = "needs containers, which the embedded platform does not run; say cluster.kind: kind or eks, or leave it out";
  return named.map((name) => ({ path: `platform.${name}`, reason }));
}

function partProblems({ cluster: { kind }, platform }: Whole, named: readonly PartName[]): readonly Problem[] {
  if (kind === "embedded") return [];
  const missing = named.flatMap((name) =>
    Object.entries(NEEDS[name] ?? {})
      .filter(([needed]) => !named.some((other) => other === needed))
      .map(([needed, what]) => lacking(`platform.${name}`, `platform.${needed}`, what)),
  );
  const cloud = ON_AWS.filter((name) => named.includes(name) && kind !== "eks").map((name) => ({
    path: `platform.${name}`,
    reason: `is AWS' own, and cluster.kind is ${kind}; leave it out or say cluster.kind: eks`,
  }));
  return [...missing, ...cloud, ...settingProblems(kind, platform)];
}

/** Needs that come with a setting and not with the part. */
function settingProblems(kind: WrittenCluster["kind"], { ingress, mesh, security, cost }: WrittenPlatform): readonly Problem[] {
  const at = (path: string, broken: boolean, needed: string, what: string) => (broken ? [lacking(path, needed, what)] : []);
  const acme = security?.certificates?.authority === "acme";
  const emails = kind === "eks" && cost !== undefined && cost.emails.length === 0;
  return [
    ...at("platform.ingress", ingress !== undefined && mesh === undefined, "platform.mesh", "the routes that a rollout's weights are in"),
    ...at(
      "platform.ingress.tls",
      ingress?.tls === "issued" && security?.certificates === undefined,
      "platform.security.certificates",
      "who issues it",
    ),
    ...at(
      "platform.security.certificates.authority",
      acme && ingress?.kind !== "istio",
      "platform.ingress.kind: istio",
      "the way by which the authority asks",
    ),
    ...at(
      "platform.security.secrets",
      security?.secrets === "external" && kind !== "eks",
      "cluster.kind: eks",
      "whose Secrets Manager is asked",
    ),
    ...(emails ? [{ path: "platform.cost.emails", reason: "missing: give at least one, who is written to about the account's bill" }] : []),
  ];
}

function serviceProblems({ cluster: { kind }, platform, services }: Whole): readonly Problem[] {
  const names = new Set(Object.keys(services));
  const stranger = (path: string, name: string) =>
    names.has(name) ? [] : [{ path, reason: `there is no service ${name}; known: ${[...names].join(", ") || "none"}` }];
  const strangers = [
    ...(platform.chaos?.services ?? []).flatMap((name, index) => stranger(`platform.chaos.services[${index}]`, name)),
    ...(platform.load?.smoke ?? []).flatMap((name, index) => stranger(`platform.load.smoke[${index}]`, name)),
    ...(platform.load?.runs ?? []).flatMap(({ service }, index) => stranger(`platform.load.runs[${index}].service`, service)),
    ...Object.keys(platform.mesh?.allow ?? {}).flatMap((name) => stranger(`platform.mesh.allow.${name}`, name)),
    ...Object.keys(platform.ingress?.rateLimits ?? {}).flatMap((name) => stranger(`platform.ingress.rateLimits.${name}`, name)),
  ];
  return kind === "embedded" || names.size === 0 ? strangers : [...strangers, ...missingForServices(platform)];
}

/** Every service is a Rollout that the mesh routes to and Prometheus watches, also one that is let in unjudged. */
function missingForServices(platform: WrittenPlatform): readonly Problem[] {
  const named = partsOf(platform);
  const needs = { mesh: "routes", observability: "what they are judged by", delivery: "the controller of their Rollouts" } as const;
  return Object.entries(needs)
    .filter(([part]) => !named.some((name) => name === part))
    .map(([part, what]) => ({ path: `platform.${part}`, reason: `missing: services need it for ${what}; say ${part}: {}` }));
}

function lacking(path: string, needed: string, what: string): Problem {
  return { path, reason: `needs ${needed}: ${what}` };
}
