import { hasCondition, nameOf, type Pod, type Service } from "../kube/index.ts";
import { type Labels, meta, podLabels, serviceLabels } from "./metaLabels.ts";

/** One address to scrape, described as Prometheus' Kubernetes discovery would. */
export interface Target {
  /** host:port */
  readonly address: string;
  readonly labels: Labels;
}

/**
 * The targets of a Service over its pods: each pod with each port of the Service, and with each port of its containers that the Service
 * does not lead to (role "endpoints" of Prometheus' discovery).
 */
export function serviceTargets(service: Service, pods: readonly Pod[]): readonly Target[] {
  const ofService = serviceLabels(service);
  return pods.filter(canBeScraped).flatMap((pod) => {
    const containerPorts = containerPortsOf(pod);
    const labels = { ...ofService, ...podLabels(pod), ...addressLabels(pod) };
    const bound = (service.spec?.ports ?? []).flatMap(({ name, port, targetPort = port, protocol = "TCP" }) => {
      const open = containerPorts.find((each) => each.port === targetPort || (each.name === targetPort && each.protocol === protocol));
      const number = open?.port ?? targetPort;
      // A name that no container has leads nowhere.
      if (typeof number === "string") return [];
      const endpoint = { [meta("endpoint_port_name")]: name ?? "", [meta("endpoint_port_protocol")]: protocol };
      return [{ number, labels: { ...labels, ...endpoint, ...open?.labels } }];
    });
    const unbound = containerPorts.filter(({ port }) => bound.every(({ number }) => number !== port));
    return [...bound, ...unbound.map((open) => ({ number: open.port, labels: { ...labels, ...open.labels } }))].map((each) => ({
      address: `${pod.status?.podIP}:${each.number}`,
      labels: each.labels,
    }));
  });
}

/** The targets of a pod by itself: each port of its containers (role "pod" of Prometheus' discovery). */
export function podTargets(pod: Pod): readonly Target[] {
  if (!canBeScraped(pod)) return [];
  return containerPortsOf(pod).map((open) => ({
    address: `${pod.status?.podIP}:${open.port}`,
    labels: { ...podLabels(pod), ...open.labels },
  }));
}

/** A pod that has an address and is neither over nor on its way out: what stands in a Service's Endpoints, ready or not. */
function canBeScraped({ metadata, status }: Pod): boolean {
  return Boolean(status?.podIP) && metadata?.deletionTimestamp === undefined && status?.phase !== "Failed" && status?.phase !== "Succeeded";
}

function addressLabels(pod: Pod): Labels {
  return {
    [meta("endpoint_ready")]: String(hasCondition(pod, "Ready")),
    [meta("endpoint_address_target_kind")]: "Pod",
    [meta("endpoint_address_target_name")]: nameOf(pod),
    [meta("endpoint_node_name")]: pod.spec?.nodeName ?? "",
  };
}

function containerPortsOf(pod: Pod) {
  return (pod.spec?.containers ?? []).flatMap(({ name: container, image = "", ports = [] }) =>
    ports.map(({ name, containerPort: port, protocol = "TCP" }) => ({
      name,
      port,
      protocol,
      labels: {
        [meta("pod_container_name")]: container,
        [meta("pod_container_image")]: image,
        [meta("pod_container_port_name")]: name ?? "",
        [meta("pod_container_port_number")]: String(port),
        [meta("pod_container_port_protocol")]: protocol,
      },
    })),
  );
}
