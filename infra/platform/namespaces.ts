import type { NamespaceProps, Opening, PodSecurity } from "../../charts/namespaces/index.ts";
import { Namespaces } from "../../components/namespaces/index.ts";
import { after, type Context } from "./context.ts";

/** Where each thing lives. */
export const NAMESPACES = {
  services: "apps",
  mesh: "istio-system",
  ingress: "ingress",
  observability: "observability",
  rollouts: "argo-rollouts",
  argocd: "argocd",
  security: "security",
  chaos: "litmus",
  load: "load",
  ci: "cicd",
} as const;

/** What a namespace is for, as a key of NAMESPACES. */
export type Purpose = keyof typeof NAMESPACES;

const PURPOSES = [
  "services",
  "mesh",
  "ingress",
  "observability",
  "rollouts",
  "argocd",
  "security",
  "chaos",
  "load",
  "ci",
] as const satisfies readonly Purpose[];

/** Those that the stack's parts and services need, fenced. */
export function createNamespaces(context: Context): Namespaces {
  const { stack, preset, ground } = context;
  const choices = { podSecurity: preset.podSecurity, mesh: stack.platform.mesh?.mode ?? "none" } as const;
  return new Namespaces(
    "namespaces",
    { namespaces: namespacesFor(purposesOf(stack.platform), choices) },
    after(context, ...ground.cluster.ready),
  );
}

/** What namespaces a platform needs: none for parts that it does not have. */
export function purposesOf(platform: Context["stack"]["platform"]): readonly Purpose[] {
  const needed: Readonly<Record<Purpose, boolean>> = {
    services: true,
    mesh: platform.mesh !== undefined,
    ingress: platform.ingress !== undefined,
    observability: platform.observability !== undefined,
    rollouts: platform.delivery !== undefined,
    argocd: platform.delivery?.argoCd !== undefined,
    security: platform.security !== undefined,
    chaos: platform.chaos !== undefined,
    load: platform.load !== undefined,
    ci: platform.ci !== undefined,
  };
  return PURPOSES.filter((purpose) => needed[purpose]);
}

export interface NamespaceChoices {
  /** Of services' pods. */
  readonly podSecurity: PodSecurity;
  readonly mesh: NamespaceProps["mesh"];
}

/** How each of these namespaces is fenced. */
export function namespacesFor(purposes: readonly Purpose[], choices: NamespaceChoices): readonly NamespaceProps[] {
  return purposes.map((purpose) => ({ ...fences(purpose, choices), name: NAMESPACES[purpose], scrapedFrom: NAMESPACES.observability }));
}

/** Webhooks are called by the API server, which is no pod; so is whoever comes through its proxy, as the gate does to Prometheus. */
const OPENINGS: Readonly<Record<Purpose, readonly Opening[]>> = {
  services: [],
  mesh: [
    { port: 15012, from: "cluster" },
    { port: 15017, from: "anywhere" },
  ],
  ingress: [
    { port: 80, from: "anywhere" },
    { port: 443, from: "anywhere" },
    { port: 15021, from: "anywhere" },
  ],
  observability: [
    { port: 9090, from: "anywhere" },
    { port: 10250, from: "anywhere" },
    { port: 3000, from: "cluster" },
    { port: 4317, from: "cluster" },
    { port: 4318, from: "cluster" },
  ],
  rollouts: [],
  argocd: [{ port: 8080, from: "cluster" }],
  security: [
    { port: 9443, from: "anywhere" },
    { port: 10250, from: "anywhere" },
  ],
  chaos: [],
  load: [],
  ci: [{ port: 8080, from: "cluster" }],
};

function fences(purpose: Purpose, { podSecurity, mesh }: NamespaceChoices) {
  const openings = OPENINGS[purpose];
  if (purpose === "services") return { podSecurity, mesh, egress: "cluster", openings } as const;
  return { podSecurity: PLATFORM_POD_SECURITY[purpose] ?? "baseline", mesh: "none", egress: "anywhere", openings } as const;
}

/** These have agents that look at their node, or change its network; no other namespace has. */
const PLATFORM_POD_SECURITY: Readonly<Partial<Record<Purpose, PodSecurity>>> = {
  mesh: "privileged",
  observability: "privileged",
  chaos: "privileged",
  rollouts: "restricted",
  security: "restricted",
};
