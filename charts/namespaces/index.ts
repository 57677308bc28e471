// A namespace with its fences: what its pods may be, whom they may speak to, how much they may take.
import type { Manifest } from "../manifest.ts";
import { limitRange, resourceQuota } from "./amounts.ts";
import { networkPolicies, type Opening } from "./network.ts";

export type { Opening } from "./network.ts";

/** Pod Security level: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurity = "privileged" | "baseline" | "restricted";

export interface NamespaceProps {
  readonly name: string;
  /** Pods below this level are refused. */
  readonly podSecurity: PodSecurity;
  /** How its pods come into the mesh: a proxy in each pod, one on each node, or only where a pod asks for it. */
  readonly mesh: "sidecar" | "ambient" | "none";
  /** Whom its pods may call: pods of this cluster, or anybody, which controllers need (API server, registries, the cloud). */
  readonly egress: "cluster" | "anywhere";
  /** The namespace of Prometheus, which may come to every port. Left out, nothing here is scraped. */
  readonly scrapedFrom?: string;
  /** Ports that are open to others. All else is open within the namespace only. */
  readonly openings: readonly Opening[];
  /** The most that its pods may reserve together. Left out, there is no limit: a controller that cannot start is worse than a greedy one. */
  readonly quota?: { readonly cpu: number; readonly memoryGibibytes: number; readonly pods: number };
}

/** The namespace first: the rest is in it. */
export function namespaceManifests(props: NamespaceProps): readonly Manifest[] {
  const fences = [...networkPolicies(props), limitRange(props.name)];
  return [namespace(props), ...fences, ...(props.quota === undefined ? [] : [resourceQuota(props.name, props.quota)])];
}

function namespace({ name, podSecurity, mesh }: NamespaceProps): Manifest {
  const labels = { ...podSecurityLabels(podSecurity), ...MESH_LABELS[mesh] };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

/** What is refused, and what is only warned of and written down: always the strictest level, so that one sees what is left to do. */
function podSecurityLabels(level: PodSecurity): Readonly<Record<string, string>> {
  return {
    "pod-security.kubernetes.io/enforce": level,
    "pod-security.kubernetes.io/warn": "restricted",
    "pod-security.kubernetes.io/audit": "restricted",
  };
}

const MESH_LABELS: Readonly<Record<NamespaceProps["mesh"], Readonly<Record<string, string>>>> = {
  sidecar: { "istio-injection": "enabled" },
  // What comes in goes through the namespace's waypoint, also from an ingress: it is what knows methods, paths and weights.
  ambient: { "istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "waypoint", "istio.io/ingress-use-waypoint": "true" },
  // Not "disabled": a pod that asks for a proxy by its own label, as gateways and Prometheus do, would not get it.
  none: {},
};
