import type { Alert } from "./index.ts";

export interface DownProps extends Pick<Alert, "name" | "severity"> {
  readonly namespace: string;
  /** Name of the Deployment that does the work. */
  readonly deployment: string;
  /** What stops while it is down, as a sentence. */
  readonly meaning: string;
}

/** Restarts and updates take less. */
const MINUTES = 5;

/** That a Deployment of the platform has no pod that works, or is not there at all. It is kube-state-metrics that knows. */
export function down({ name, severity, namespace, deployment, meaning }: DownProps): Alert {
  const available = `kube_deployment_status_replicas_available{namespace="${namespace}",deployment="${deployment}"}`;
  return {
    name,
    severity,
    forMinutes: MINUTES,
    // Without the aggregation the first half would have the labels of whoever was scraped, and an alert would begin anew when that is replaced.
    expr: `max by (namespace, deployment) (${available}) == 0 or absent(${available})`,
    summary: "No pod of {{ $labels.namespace }}/{{ $labels.deployment }} is available",
    description: `${meaning} Begin with: kubectl -n ${namespace} describe deployment ${deployment}`,
  };
}
