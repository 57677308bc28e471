import { hasCondition, nameOf, namespaceOf, type Pod, type Service } from "../kube/index.ts";
import type { Subsets } from "./destinationRule.ts";
import type { Json, JsonObject } from "./json.ts";
import { clusterOf, type Destination, destinationName, POD_METADATA, SERVES, SHARDS, shardName } from "./names.ts";
import { identityOf } from "./workload.ts";

/**
 * Envoy's endpoints, one resource per shard. Each is a pod's address with the destinations the pod serves, so a Service whose
 * selector moves, or a pod whose labels change, only moves names between endpoints: connections stay.
 */
export function endpointResources(services: readonly Service[], pods: readonly Pod[], subsets: Subsets): ReadonlyMap<string, JsonObject> {
  const podsWith = byLabel(pods);
  const shards = new Map(Array.from({ length: SHARDS }, (_, shard) => [shardName(shard), new Map<string, Endpoint>()]));
  for (const service of services) {
    // Any one label of the selector narrows the search: without it, every Service would be held against every pod.
    const [label] = Object.entries(service.spec?.selector ?? {});
    if (label === undefined) continue;
    for (const pod of podsWith.get(labelKey(namespaceOf(service), ...label)) ?? []) {
      if (!takesTraffic(pod, service)) continue;
      for (const [port, destinations] of destinationsOf(service, pod, subsets)) {
        const address = `${pod.status?.podIP}:${port}`;
        for (const destination of destinations) {
          const shard = shards.get(clusterOf(destination));
          const endpoint = shard?.get(address) ?? { pod, port, serves: new Set() };
          endpoint.serves.add(destinationName(destination));
          shard?.set(address, endpoint);
        }
      }
    }
  }
  return new Map([...shards].map(([shard, endpoints]) => [shard, loadAssignment(shard, endpoints)]));
}

function byLabel(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const found = new Map<string, Pod[]>();
  for (const pod of pods) {
    for (const [label, value] of Object.entries(pod.metadata?.labels ?? {})) {
      const key = labelKey(namespaceOf(pod), label, value);
      const list = found.get(key);
      if (list === undefined) found.set(key, [pod]);
      else list.push(pod);
    }
  }
  return found;
}

function labelKey(namespace: string, label: string, value: string): string {
  return `${namespace} ${label}=${value}`;
}

interface Endpoint {
  readonly pod: Pod;
  readonly port: number;
  readonly serves: Set<string>;
}

/** Whether the Service sends requests to the pod: it is selected, has an address, is ready and has not been told to end. */
function takesTraffic(pod: Pod, { spec }: Service): boolean {
  if (!pod.status?.podIP || pod.metadata?.deletionTimestamp !== undefined || !hasLabels(pod, spec?.selector ?? {})) return false;
  return hasCondition(pod, "Ready") || spec?.publishNotReadyAddresses === true;
}

function hasLabels(pod: Pod, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => pod.metadata?.labels?.[key] === value);
}

/** For each port of the pod that the Service leads to: the destinations that end there. */
function destinationsOf(service: Service, pod: Pod, subsets: Subsets): readonly (readonly [number, readonly Destination[]])[] {
  const [namespace, name] = [namespaceOf(service), nameOf(service)];
  const matching = subsets.of(namespace, name).filter(({ labels }) => hasLabels(pod, labels));
  return (service.spec?.ports ?? []).flatMap(({ port, targetPort }) => {
    const target = targetPortOf(targetPort ?? port, pod);
    if (target === undefined) return [];
    const all: Destination = { namespace, service: name, port };
    return [[target, [all, ...matching.map((subset) => ({ ...all, subset: subset.name }))]] as const];
  });
}

/** The pod's port that a Service's target port means; undefined when it goes by a name no container has. */
function targetPortOf(targetPort: number | string, pod: Pod): number | undefined {
  if (typeof targetPort === "number") return targetPort;
  const ports = pod.spec?.containers.flatMap((container) => container.ports ?? []) ?? [];
  return ports.find(({ name }) => name === targetPort)?.containerPort;
}

function loadAssignment(cluster: string, endpoints: ReadonlyMap<string, Endpoint>): JsonObject {
  const lbEndpoints = [...endpoints].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, endpoint]) => lbEndpoint(endpoint));
  return {
    "@type": "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment",
    cluster_name: cluster,
    endpoints: [{ lb_endpoints: lbEndpoints }],
  };
}

function lbEndpoint({ pod, port, serves }: Endpoint): Json {
  return {
    endpoint: { address: { socket_address: { address: pod.status?.podIP, port_value: port } } },
    metadata: { filter_metadata: { "envoy.lb": { [SERVES]: [...serves].sort() }, [POD_METADATA]: identityOf(pod) } },
  };
}
