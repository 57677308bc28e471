// Cluster objects as short as a test can say them.
import type { Pod, Service } from "../../../embedded/kube/index.ts";
import type { MeshObject, Snapshot } from "../../../embedded/mesh/objects.ts";

export interface PodOptions {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Template hash: makes the pod one of Rollout `app`. */
  readonly hash?: string;
  readonly ready?: boolean;
  readonly ending?: boolean;
}

/** A pod of app "echo" at an address, ready, with port 8080 named "http". */
export function pod(ip: string, { namespace = "default", labels = {}, hash, ready = true, ending = false }: PodOptions = {}): Pod {
  const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: `echo-${hash}`, uid: "1", controller: true };
  return {
    metadata: {
      name: `pod-${ip.replaceAll(".", "-")}`,
      namespace,
      labels: { app: "echo", ...(hash !== undefined && { "rollouts-pod-template-hash": hash }), ...labels },
      ...(hash !== undefined && { ownerReferences: [owner] }),
      ...(ending && { deletionTimestamp: "2026-01-01T00:00:00Z" }),
    },
    spec: { containers: [{ name: "main", image: "localhost/echo:1", ports: [{ name: "http", containerPort: 8080 }] }] },
    status: { podIP: ip, phase: "Running", conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
  };
}

/** A Service of port 80 that leads to the pods' port "http". */
export function service(name: string, selector: Readonly<Record<string, string>> | undefined, namespace = "default"): Service {
  return {
    metadata: { name, namespace },
    spec: { ...(selector && { selector: { ...selector } }), ports: [{ port: 80, targetPort: "http" }] },
  };
}

export function virtualService(spec: unknown, { name = "echo", namespace = "default", created = "2026-01-01T00:00:00Z" } = {}): MeshObject {
  return { metadata: { name, namespace, uid: `uid-of-${name}`, creationTimestamp: created }, spec };
}

export function destinationRule(spec: unknown, name = "echo"): MeshObject {
  return { metadata: { name, namespace: "default", uid: `uid-of-rule-${name}`, creationTimestamp: "2026-01-01T00:00:00Z" }, spec };
}

/** Service "echo" as a rollout has it: all pods, the stable ones (hash "old") and the canary's (hash "new"). */
export const echoServices: readonly Service[] = [
  service("echo", { app: "echo" }),
  service("echo-stable", { app: "echo", "rollouts-pod-template-hash": "old" }),
  service("echo-canary", { app: "echo", "rollouts-pod-template-hash": "new" }),
];

/** A VirtualService spec that splits the hosts' requests between stable and canary. */
export function split(canary: number, hosts: readonly string[] = ["echo", "echo.localhost"]): unknown {
  const route = [
    { destination: { host: "echo-stable" }, weight: 100 - canary },
    { destination: { host: "echo-canary" }, weight: canary },
  ];
  return { hosts, http: [{ name: "primary", route }] };
}

export function snapshot(parts: Partial<Snapshot>): Snapshot {
  return { pods: [], services: echoServices, virtualServices: [], destinationRules: [], ...parts };
}
