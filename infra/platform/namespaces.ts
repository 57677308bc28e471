import { needsNode } from "../../charts/chaos/index.ts";
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
  const nodeFaults = stack.platform.chaos?.faults.some(needsNode) ?? false;
  const choices = {
    podSecurity: preset.podSecurity,
    mesh: stack.platform.mesh?.mode ?? "none",
    ingress: stack.platform.ingress?.kind ?? "istio",
    nodeFaults,
  } as const;
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
  /** Whose proxies take what comes in. */
  readonly ingress: "istio" | "kong";
  /** Whether faults are done from a service's node, by privileged pods. */
  readonly nodeFaults: boolean;
}

/** How each of these namespaces is fenced. */
export function namespacesFor(purposes: readonly Purpose[], choices: NamespaceChoices): readonly NamespaceProps[] {
  return purposes.map((purpose) => ({ ...fences(purpose, choices), name: NAMESPACES[purpose], scrapedFrom: NAMESPACES.observability }));
}

/** Webhooks are called by the API server, which is no pod; so is whoever comes through its proxy, as the gate does to Prometheus. */
const OPENINGS: Readonly<Record<Exclude<Purpose, "services" | "ingress">, readonly Opening[]>> = {
  mesh: [
    { port: 15012, from: "cluster" },
    { port: 15017, from: "anywhere" },
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

/** By the ports that the proxies' pods listen on; the last of Istio's is asked by load balancers whether it is well, that of Kong is a webhook. */
const INGRESS_PORTS = { istio: [80, 443, 15021], kong: [8000, 8443, 8080] } as const;

/** Pods in an ambient mesh speak to each other through this one. */
const AMBIENT_TUNNEL: Opening = { port: 15008, from: "cluster" };

function openingsOf(purpose: Purpose, { mesh, ingress }: NamespaceChoices): readonly Opening[] {
  if (purpose === "services") return mesh === "ambient" ? [AMBIENT_TUNNEL] : [];
  if (purpose === "ingress") return INGRESS_PORTS[ingress].map((port) => ({ port, from: "anywhere" }));
  return OPENINGS[purpose];
}

function fences(purpose: Purpose, choices: NamespaceChoices) {
  const openings = openingsOf(purpose, choices);
  if (purpose === "services") return { podSecurity: choices.podSecurity, mesh: choices.mesh, egress: "cluster", openings } as const;
  return { podSecurity: platformPodSecurity(purpose, choices), mesh: "none", egress: "anywhere", openings } as const;
}

/** Agents look at their node, or change its network, and so do some faults. */
function platformPodSecurity(purpose: Purpose, { nodeFaults }: NamespaceChoices): PodSecurity {
  if (purpose === "mesh" || purpose === "observability" || (purpose === "chaos" && nodeFaults)) return "privileged";
  return RESTRICTED.has(purpose) ? "restricted" : "baseline";
}

/** Charts whose pods are known to keep to it. */
const RESTRICTED: ReadonlySet<Purpose> = new Set(["rollouts", "security", "load"]);
