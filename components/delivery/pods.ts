/** No limit on CPU: it would slow the pod down when the node has time to spare. Memory beyond its limit ends the pod. */
export function resources(cpu: string, memory: string, memoryLimit: string) {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}

/** Copies in several zones, where there are some. These charts say themselves which pods are meant. */
export const SPREAD = [{ maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" }] as const;

/** One pod at a time may be drained away; a single one always, or its node could never be. */
export function budget(replicas: number) {
  return replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false };
}
