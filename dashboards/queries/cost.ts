// PromQL over OpenCost's exporter (opencost's pkg/costmodel/metrics.go): prices per node and hour, and what each container holds.

/** OpenCost counts memory in GiB. */
const GIB = 1024 ** 3;

/** Hours in a month, as cloud providers count them. */
export const HOURS_A_MONTH = 730;

const NAMESPACE = 'namespace=~"$namespace"';

/** Dollars an hour that a container's share of its node costs: the greater of what it reserves and what it uses. */
function containers(labels: string): string {
  const cpu = `container_cpu_allocation{${labels}} * on (node) group_left () max by (node) (node_cpu_hourly_cost)`;
  const memory = `container_memory_allocation_bytes{${labels}} / ${GIB} * on (node) group_left () max by (node) (node_ram_hourly_cost)`;
  return `(${cpu}) + on (namespace, pod, container, node) (${memory})`;
}

/** Dollars an hour, by labels of the containers. */
export function hourly(by: string): string {
  return `sum by (${by}) (${containers(NAMESPACE)})`;
}

/** Pods are named after their service, the hash of their template, and five characters. */
export const HOURLY_BY_SERVICE = `sum by (namespace, service) (label_replace(${containers(NAMESPACE)}, "service", "$1", "pod", "(.+)-[a-z0-9]+-[a-z0-9]{5}"))`;

export const NODES_HOURLY = "sum(max by (node) (node_total_hourly_cost))";

/** What no container holds. It is paid for all the same. */
export const IDLE_SHARE = `1 - sum(${containers("")}) / ${NODES_HOURLY}`;

export const VOLUMES_HOURLY = `sum by (persistentvolume) (max by (persistentvolume) (pv_hourly_cost) * on (persistentvolume) group_left () max by (persistentvolume) (kube_persistentvolume_capacity_bytes) / ${GIB})`;
export const LOAD_BALANCERS_HOURLY = "sum(kubecost_load_balancer_cost)";

/** Share of reserved cores that are used: the rest is bought and stands still. */
export const CPU_USED = `sum by (namespace) (rate(container_cpu_usage_seconds_total{${NAMESPACE},container!=""}[$__rate_interval])) / sum by (namespace) (container_cpu_allocation{${NAMESPACE}})`;
export const MEMORY_USED = `sum by (namespace) (container_memory_working_set_bytes{${NAMESPACE},container!=""}) / sum by (namespace) (container_memory_allocation_bytes{${NAMESPACE}})`;
