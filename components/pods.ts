// What the pods of vendors' charts are told alike, in the words that most charts have for it.

/** No limit on CPU: it would slow the pod down when the node has time to spare. Memory beyond its limit ends the pod. */
export function resources(cpu: string, memory: string, memoryLimit: string) {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}

/** Each copy on another node and in another zone, as far as there are some. */
export function spread(matchLabels: Readonly<Record<string, string>>) {
  return SPREAD.map((rule) => ({ ...rule, labelSelector: { matchLabels } }));
}

/** The same, for charts that say themselves which pods are meant. */
export const SPREAD = ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map((topologyKey) => ({
  maxSkew: 1,
  whenUnsatisfiable: "ScheduleAnyway",
  topologyKey,
}));

/** One pod at a time may be drained away; a single one always, or its node could never be. */
export function budget(replicas: number) {
  return replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false };
}

/** For containers whose image allows it. */
export const CONFINED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
} as const;
