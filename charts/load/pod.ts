import type { Manifest } from "../manifest.ts";

/** ConfigMap with the scripts, a key for each file. */
export const SCRIPTS = "load-scripts";

export function scriptsManifest(namespace: string, data: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: SCRIPTS, namespace }, data };
}

/** What pods of k6 may do: nothing but send requests and write into /tmp. */
export const POD_SECURITY = {
  pod: { runAsNonRoot: true, runAsUser: 12345, runAsGroup: 12345, seccompProfile: { type: "RuntimeDefault" } },
  container: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
};

/** The one place to write to. */
export const TMP = {
  volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
  volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
};
