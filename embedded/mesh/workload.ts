import { nameOf, namespaceOf, type Pod } from "../kube/index.ts";
import type { JsonObject } from "./json.ts";

/** Labels that a ReplicaSet's owner puts its template's hash in: Deployment, Rollout. */
const HASH_LABELS = ["pod-template-hash", "rollouts-pod-template-hash"];

/** Said of what is not known, as Istio does. */
const UNKNOWN = "unknown";

/** Who a pod is in the mesh's counters, in Istio's terms. */
export function identityOf(pod: Pod): JsonObject {
  const labels = pod.metadata?.labels ?? {};
  const workload = workloadOf(pod);
  return {
    workload,
    namespace: namespaceOf(pod),
    canonical_service: labels["service.istio.io/canonical-name"] ?? labels["app.kubernetes.io/name"] ?? labels.app ?? workload,
    canonical_revision: labels["service.istio.io/canonical-revision"] ?? labels["app.kubernetes.io/version"] ?? labels.version ?? "latest",
    app: labels.app ?? UNKNOWN,
    version: labels.version ?? UNKNOWN,
    pod_template_hash: labels["rollouts-pod-template-hash"] ?? "",
  };
}

/**
 * The workload a pod belongs to. A ReplicaSet named "<owner>-<template hash>" stands for its Deployment or Rollout; any other
 * controller is the workload itself, and a pod without one is its own.
 */
export function workloadOf(pod: Pod): string {
  const controller = pod.metadata?.ownerReferences?.find((owner) => owner.controller);
  if (controller === undefined) return nameOf(pod);
  if (controller.kind !== "ReplicaSet") return controller.name;
  for (const label of HASH_LABELS) {
    const hash = pod.metadata?.labels?.[label];
    if (hash !== undefined && controller.name.endsWith(`-${hash}`)) return controller.name.slice(0, -hash.length - 1);
  }
  return controller.name;
}
