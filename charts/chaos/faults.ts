/** What is done to a service's pods. */
export const FAULT_NAMES = ["pod-delete", "pod-cpu-hog", "pod-network-latency"] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** Two minutes: the steady state looks at one, so a half of the run is seen with nothing before it mixed in. */
const SECONDS = 120;

/** One of three pods, and at least one. */
const PERCENT = 33;

const COMMON = { TOTAL_CHAOS_DURATION: String(SECONDS), PODS_AFFECTED_PERC: String(PERCENT), SEQUENCE: "parallel" };

/** By which the pod beside the target, on its node, gets into its container. */
const CONTAINERD = { CONTAINER_RUNTIME: "containerd", SOCKET_PATH: "/run/containerd/containerd.sock" };

/** Settings of each fault, by the names Litmus has for them. */
export const SETTINGS: Readonly<Record<FaultName, Readonly<Record<string, string>>>> = {
  // Pods are asked to leave, as a drained node asks them: what the platform promises to stand.
  "pod-delete": { ...COMMON, CHAOS_INTERVAL: "30", FORCE: "false" },
  "pod-cpu-hog": { ...COMMON, ...CONTAINERD, CPU_CORES: "1", CPU_LOAD: "100" },
  // As far as another continent, which callers' timeouts should bear.
  "pod-network-latency": { ...COMMON, ...CONTAINERD, NETWORK_INTERFACE: "eth0", NETWORK_LATENCY: "200", JITTER: "50" },
};

/** Whether it is done from the target's node, by a privileged pod, and not through the API server alone. */
export function needsNode(fault: FaultName): boolean {
  return "SOCKET_PATH" in SETTINGS[fault];
}
