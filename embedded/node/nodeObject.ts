import { arch, cpus, release } from "node:os";
import { type Node, rfc3339 } from "../kube/index.ts";

/** The node's name: there is one on a platform. */
export const NODE_NAME = "sluice";

/**
 * What the node offers. Processes share the machine and nothing holds them to their requests, so these numbers are only there to let a
 * stack that is sized for a cluster be scheduled.
 */
export const ALLOCATABLE: Readonly<Record<string, string>> = { cpu: "1000", memory: "4Ti", "ephemeral-storage": "4Ti", pods: "5000" };

export function nodeObject(): Node {
  const labels = {
    "kubernetes.io/hostname": NODE_NAME,
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": architecture(),
    "topology.kubernetes.io/zone": NODE_NAME,
  };
  return { apiVersion: "v1", kind: "Node", metadata: { name: NODE_NAME, labels } };
}

export interface Alive {
  readonly address: string;
  /** Of the control plane, e.g. "v1.34.10". */
  readonly version: string;
  /** Both ms since the epoch. */
  readonly readySince: number;
  readonly now: number;
}

/** The node's status as a kubelet of the control plane's version writes it. */
export function nodeStatus({ address, version, readySince, now }: Alive): NonNullable<Node["status"]> {
  const pressures = ["MemoryPressure", "DiskPressure", "PIDPressure"].map((type) => ({
    type,
    status: "False",
    reason: "KubeletHasNoPressure",
  }));
  const ready = { type: "Ready", status: "True", reason: "KubeletReady", message: "the embedded node runs pods as processes" };
  const times = { lastHeartbeatTime: rfc3339(now), lastTransitionTime: rfc3339(readySince) };
  return {
    capacity: { ...ALLOCATABLE },
    allocatable: { ...ALLOCATABLE },
    conditions: [...pressures, ready].map((condition) => ({ ...condition, ...times })),
    addresses: [
      { type: "InternalIP", address },
      { type: "Hostname", address: NODE_NAME },
    ],
    nodeInfo: {
      machineID: "",
      systemUUID: "",
      bootID: "",
      kernelVersion: release(),
      osImage: `embedded (${cpus().length} CPUs)`,
      containerRuntimeVersion: `process://${process.versions.node}`,
      kubeletVersion: version,
      kubeProxyVersion: "",
      operatingSystem: "linux",
      architecture: architecture(),
    },
  };
}

function architecture(): string {
  return arch() === "x64" ? "amd64" : arch();
}
