import { POD_MONITOR } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";

/** Where Litmus' exporter serves its metrics. */
const EXPORTER_PORT = 8080;

/**
 * By the number of its port: the chart gives the exporter and the operator the same labels and the same name of a port, so that its own monitor has
 * the operator, which has no metrics, as a target that is always down.
 */
export function exporterMonitor(namespace: string, release: string): Manifest {
  const matchLabels = { "app.kubernetes.io/name": "litmus", "app.kubernetes.io/instance": release };
  const podMetricsEndpoints = [{ portNumber: EXPORTER_PORT, path: "/metrics" }];
  return { ...POD_MONITOR, metadata: { name: `${release}-exporter`, namespace }, spec: { selector: { matchLabels }, podMetricsEndpoints } };
}
