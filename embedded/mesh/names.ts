/** Where a request can go: the pods of one port of a Service, or those of them that a DestinationRule's subset picks. */
export interface Destination {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  readonly subset?: string;
}

/**
 * Request header that carries the chosen destination's host name from the route to the counters. Pods see it too. It is a
 * header because that is the only thing a weighted choice can set that is known both when no pod is there to take the
 * request (so no pod can say) and at each single try of a retried one.
 */
export const DESTINATION_HEADER = "x-sluice-destination";

/** Namespace of the metadata an endpoint carries about its pod. */
export const POD_METADATA = "sluice";

/** Key of an endpoint's load-balancing metadata: the destinations the pod serves. */
export const SERVES = "serves";

/** Envoy's name of the one route table. */
export const ROUTE_TABLE = "mesh";

/** Envoy's name of the internal listener that takes mirrored requests, and of the cluster that leads there. */
export const MIRROR = "mirror";

/**
 * Endpoints are spread over this many clusters, each with a file of its own, so that a pod's change makes Envoy reload a
 * fraction of them. A cluster per Service would be the usual way, but each file costs Envoy an inotify instance, of which a user has
 * 128 on many machines: Envoy would end at about the fortieth service.
 */
export const SHARDS = 16;

export function serviceHost(namespace: string, service: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}

/** The destination's name, as Istio names the cluster. */
export function destinationName({ namespace, service, port, subset = "" }: Destination): string {
  return `outbound|${port}|${subset}|${serviceHost(namespace, service)}`;
}

/** The host under which a destination is reached from within, as Istio spells it in SNI. Mirrored requests go to it. */
export function internalHost({ namespace, service, port, subset = "" }: Destination): string {
  return `outbound_.${port}_.${subset}_.${serviceHost(namespace, service)}`;
}

/** The name of shard n's cluster. */
export function shardName(shard: number): string {
  return `pods-${String(shard).padStart(2, "0")}`;
}

/** The name of the file that holds the route table. */
export const ROUTES_FILE = "routes.json";

/** The name of the file that holds one shard's endpoints. */
export function endpointsFile(shard: string): string {
  return `${shard}.json`;
}

/** The cluster that holds the destination's endpoints. Subsets and ports of a Service share one. */
export function clusterOf({ namespace, service }: Destination): string {
  let hash = 0;
  for (const character of serviceHost(namespace, service)) hash = (hash * 31 + character.charCodeAt(0)) % 65_536;
  return shardName(hash % SHARDS);
}
