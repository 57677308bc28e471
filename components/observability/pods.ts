// What the pods of every chart here are told alike.

/** No limit on CPU: it would slow the pod down when the node has time to spare. Memory beyond its limit ends the pod. */
export function resources(cpu: string, memory: string, memoryLimit: string) {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}

/** Copies in several zones, where there are some. */
export function spread(matchLabels: Readonly<Record<string, string>>) {
  const constraint = { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" };
  return [{ ...constraint, labelSelector: { matchLabels } }];
}

export const OFF = { enabled: false } as const;

/** For containers whose image allows it. */
export const CONFINED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
} as const;
