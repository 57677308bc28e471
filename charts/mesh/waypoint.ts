import { GATEWAY, type GatewaySpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import { LATENCY_BUCKETS } from "./buckets.ts";
import { WAYPOINT } from "./names.ts";

/** The proxy of a namespace that does what a node's cannot: methods, paths, tokens, weights, counts of requests. istiod makes its pods. */
export function waypoint(namespace: string): Manifest {
  const spec: GatewaySpec = {
    gatewayClassName: "istio-waypoint",
    infrastructure: { annotations: LATENCY_BUCKETS },
    listeners: [{ name: "mesh", port: 15008, protocol: "HBONE", allowedRoutes: { namespaces: { from: "Same" } } }],
  };
  return { ...GATEWAY, metadata: { name: WAYPOINT, namespace, labels: { "istio.io/waypoint-for": "service" } }, spec };
}
