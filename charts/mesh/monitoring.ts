import { POD_MONITOR, type PodMonitorSpec, SERVICE_MONITOR, type ServiceMonitorSpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import { ROOT_NAMESPACE } from "./names.ts";
import type { MeshMode } from "./props.ts";

/** Istio's own metrics: of its control plane, its node agents and every proxy. */
export function monitors(mode: MeshMode): readonly Manifest[] {
  const ztunnel = ofPods("ztunnel", { app: "ztunnel" }, "ztunnel-stats", "/stats/prometheus");
  return [
    istiod(),
    ofPods("istio-cni", { "k8s-app": "istio-cni-node" }, "metrics", "/metrics"),
    proxies(),
    ...(mode === "ambient" ? [ztunnel] : []),
  ];
}

function istiod(): Manifest {
  const endpoints = [{ port: "http-monitoring", path: "/metrics" }];
  const spec: ServiceMonitorSpec = { selector: { matchLabels: { app: "istiod" } }, endpoints, podTargetLabels: [] };
  return { ...SERVICE_MONITOR, metadata: { name: "istiod", namespace: ROOT_NAMESPACE }, spec };
}

function ofPods(name: string, matchLabels: Readonly<Record<string, string>>, port: string, path: string): Manifest {
  const spec: PodMonitorSpec = { selector: { matchLabels }, podMetricsEndpoints: [{ port, path }] };
  return { ...POD_MONITOR, metadata: { name, namespace: ROOT_NAMESPACE }, spec };
}

/** Sidecars, gateways and waypoints. The port that has a name knows Envoy's metrics only; beside it is one that has the agent's, too. */
function proxies(): Manifest {
  const relabelings = [{ sourceLabels: ["__address__"], regex: "(.+):15090", targetLabel: "__address__", replacement: "$1:15020" }];
  const spec: PodMonitorSpec = {
    namespaceSelector: { any: true },
    selector: { matchExpressions: [{ key: "service.istio.io/canonical-name", operator: "Exists" }] },
    podMetricsEndpoints: [{ port: "http-envoy-prom", path: "/stats/prometheus", relabelings }],
  };
  return { ...POD_MONITOR, metadata: { name: "proxies", namespace: ROOT_NAMESPACE }, spec };
}
