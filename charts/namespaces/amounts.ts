import type { Manifest } from "../manifest.ts";
import type { NamespaceProps } from "./index.ts";

/** For containers that say nothing: without a reservation a pod is the first to be evicted, without a limit it can take its node along. */
export function limitRange(namespace: string): Manifest {
  const limits = [{ type: "Container", defaultRequest: { cpu: "50m", memory: "64Mi" }, default: { memory: "256Mi" } }];
  return { apiVersion: "v1", kind: "LimitRange", metadata: { name: "defaults", namespace }, spec: { limits } };
}

export function resourceQuota(namespace: string, { cpu, memoryGibibytes, pods }: NonNullable<NamespaceProps["quota"]>): Manifest {
  const hard = { "requests.cpu": String(cpu), "requests.memory": `${memoryGibibytes}Gi`, pods: String(pods) };
  return { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "total", namespace }, spec: { hard } };
}
