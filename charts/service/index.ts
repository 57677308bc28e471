import { App, Chart } from "cdk8s";
import type { Manifest } from "../manifest.ts";
import { networkPolicy, serviceAccount } from "./access.ts";
import { autoscaler, disruptionBudget } from "./availability.ts";
import { serviceMonitor } from "./monitoring.ts";
import { objectLabels } from "./names.ts";
import type { ServiceProps } from "./props.ts";
import { rollout } from "./rollout.ts";
import { destinationRules, services, virtualService } from "./traffic.ts";

export { labelValue } from "./names.ts";
export { type PodTemplate, podTemplate, reservedEnv } from "./pod.ts";
export type { Autoscaling, BlueGreen, Canary, Resources, ServiceProps } from "./props.ts";

/** Everything one service is made of on a cluster, as plain manifests. Pure: the same props give the same manifests. */
export function serviceManifests(props: ServiceProps): readonly Manifest[] {
  const chart = new Chart(new App(), props.name, {
    namespace: props.namespace,
    labels: { ...objectLabels(props) },
    disableResourceNameHashes: true,
  });
  serviceAccount(chart, props);
  networkPolicy(chart, props);
  services(chart, props);
  virtualService(chart, props);
  destinationRules(chart, props);
  rollout(chart, props);
  disruptionBudget(chart, props);
  if (props.autoscaling !== undefined) autoscaler(chart, props, props.autoscaling);
  serviceMonitor(chart, props);
  return chart.toJson();
}
