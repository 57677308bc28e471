import { stringify } from "yaml";
import { resources } from "../pods.ts";

/** Label, pod template and container of our agents have one name. */
export const BUILD = "build";

/** Where Jenkins mounts an agent's workspace, the one folder that both its containers see. */
const WORKSPACE = "/home/jenkins/agent";

/**
 * The pod of one build, as a list with one template, which is how the chart takes it: a text. Jenkins adds the container that speaks with it; steps run in ours:
 * as nobody in particular, without rights in the cluster, with no folder to write to but the workspace and /tmp.
 */
export function agentTemplate(serviceAccount: string, image: string): string {
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    spec: {
      serviceAccountName: serviceAccount,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: BUILD,
          image,
          // It waits for the steps that Jenkins has run in it.
          command: ["sleep", "infinity"],
          env: [{ name: "HOME", value: WORKSPACE }],
          resources: resources("250m", "512Mi", "2Gi"),
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
          volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
        },
      ],
      volumes: [{ name: "tmp", emptyDir: {} }],
    },
  };
  const template = { name: BUILD, label: BUILD, serviceAccount, yamlMergeStrategy: "override", yaml: stringify(pod) };
  return stringify([template]);
}
