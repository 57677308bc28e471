/** Every part of the platform, in the order in which people like to read them. */
export const PART_NAMES = [
  "etcd",
  "kube-apiserver",
  "cluster-setup",
  "kube-controller-manager",
  "kube-scheduler",
  "argo-rollouts",
  "prometheus",
  "node",
  "mesh",
  "envoy",
  "metrics",
] as const;

export type PartName = (typeof PART_NAMES)[number];

/** Every port of the platform, all of them on 127.0.0.1. */
export const PORT_NAMES = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "prometheus",
  "gateway",
  "envoy-admin",
  "node-health",
  "mesh-health",
  "metrics-health",
] as const;

export type PortName = (typeof PORT_NAMES)[number];
