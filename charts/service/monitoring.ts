import { ApiObject, type Chart } from "cdk8s";
import { SERVICE_MONITOR, type ServiceMonitorSpec } from "../crds/index.ts";
import { PORT_NAME, SIDE_LABEL, selectorLabels } from "./names.ts";
import type { ServiceProps } from "./props.ts";

/** The app's own metrics, scraped once per pod through the Service of all pods, each series with the revision it comes from. */
export function serviceMonitor(chart: Chart, props: ServiceProps): void {
  const spec: ServiceMonitorSpec = {
    selector: { matchLabels: { ...selectorLabels(props), [SIDE_LABEL]: "all" } },
    endpoints: [{ port: PORT_NAME, path: "/metrics" }],
    podTargetLabels: ["rollouts-pod-template-hash"],
  };
  new ApiObject(chart, "service-monitor", { ...SERVICE_MONITOR, metadata: { name: props.name }, spec });
}
