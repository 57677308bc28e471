import { CHAOS_EXPERIMENT, type ChaosExperimentSpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import { type FaultName, needsNode, SETTINGS } from "./faults.ts";

/** The user of Litmus' image. */
const LITMUS_USER = 2000;

/** How a fault is done. It is done by a Job, and where it needs the target's node by a further pod there, of the same image. */
export function experiment(fault: FaultName, namespace: string, image: string): Manifest {
  const settings = needsNode(fault) ? { ...SETTINGS[fault], LIB_IMAGE: image, LIB_IMAGE_PULL_POLICY: "IfNotPresent" } : SETTINGS[fault];
  const spec: ChaosExperimentSpec = {
    definition: {
      scope: "Namespaced",
      image,
      imagePullPolicy: "IfNotPresent",
      command: ["/bin/bash"],
      args: ["-c", `./experiments -name ${fault}`],
      env: Object.entries(settings).map(([name, value]) => ({ name, value })),
      labels: { name: fault, ...labels },
      securityContext: {
        podSecurityContext: { runAsNonRoot: true, runAsUser: LITMUS_USER, seccompProfile: { type: "RuntimeDefault" } },
        containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      },
    },
  };
  return { ...CHAOS_EXPERIMENT, metadata: { name: fault, namespace, labels }, spec };
}

const labels = { "app.kubernetes.io/part-of": "chaos", "app.kubernetes.io/managed-by": "sluice" };
