import type { GateInputs } from "../../gate/index.ts";

/** What the gate of service echo is told, for a new revision that nothing is known of yet. */
export const gateInputs: GateInputs = {
  service: "echo",
  namespace: "default",
  rollout: "echo",
  image: "localhost/echo:1.1.0",
  template: "sha256:new",
  kubeconfig: "kind: Config",
  prometheus: { url: "http://127.0.0.1:9090" },
  strategy: "canary",
  steps: [10, 25, 50],
  slis: [
    { name: "availability", kind: "availability", limit: 0.02, tolerance: 1.5 },
    { name: "latency", kind: "latency", thresholdMs: 300, limit: 0.1, tolerance: 1.5 },
  ],
  alpha: 0.01,
  beta: 0.05,
  minStepSeconds: 5,
  deadlineSeconds: 120,
  lookSeconds: 1,
  onDeadline: "rollback",
  retry: 0,
};
